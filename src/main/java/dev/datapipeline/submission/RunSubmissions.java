package dev.datapipeline.submission;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.datapipeline.dataset.Dataset;
import dev.datapipeline.dataset.VisibleDatasets;
import dev.datapipeline.digest.Sha256;
import dev.datapipeline.llm.options.GrantedModels;
import dev.datapipeline.memory.MemoryLease;
import dev.datapipeline.pipeline.NameValidator;
import dev.datapipeline.pipeline.Pipeline;
import dev.datapipeline.pipeline.ResolvedPipeline;
import dev.datapipeline.pipeline.check.PipelineChecker;
import dev.datapipeline.problem.ProblemException;
import dev.datapipeline.problem.ProblemType;
import dev.datapipeline.project.CurrentAccess;
import dev.datapipeline.run.NewRun;
import dev.datapipeline.run.Run;
import dev.datapipeline.run.RunOptions;
import dev.datapipeline.run.service.RunService;
import dev.datapipeline.submission.EnvironmentResolver.Place;
import jakarta.inject.Singleton;
import java.util.Optional;
import java.util.UUID;
import org.hibernate.exception.ConstraintViolationException;
import org.jspecify.annotations.Nullable;

/** Checks requests for runs and submits them. The same request with the same idempotency key returns the same run. */
@Singleton
class RunSubmissions {
    private static final int LONGEST_KEY = 200;

    private final RunService runs;
    private final RunOptionsValidator rules;
    private final VisibleDatasets datasets;
    private final PipelineResolver resolver;
    private final EnvironmentResolver environments;
    private final PipelineChecker checks;
    private final CurrentAccess access;
    private final ObjectMapper mapper;

    RunSubmissions(
            RunService runs,
            RunOptionsValidator rules,
            VisibleDatasets datasets,
            PipelineResolver resolver,
            EnvironmentResolver environments,
            PipelineChecker checks,
            CurrentAccess access,
            ObjectMapper mapper) {
        this.runs = runs;
        this.rules = rules;
        this.datasets = datasets;
        this.resolver = resolver;
        this.environments = environments;
        this.checks = checks;
        this.access = access;
        this.mapper = mapper;
    }

    /** @throws ProblemException whatever is wrong with the request */
    Run submit(RunRequest request, @Nullable String idempotencyKey) {
        String digest = digest(request);
        if (idempotencyKey != null) {
            Optional<Run> earlier = earlier(idempotencyKey, digest);
            if (earlier.isPresent()) {
                return earlier.get();
            }
        }
        RunOptions options = rules.check(request);
        Dataset dataset = dataset(request.datasetId());
        try (MemoryLease scripts =
                resolver.reserve(request.pipeline(), request.pipelineId(), request.pipelineVersion())) {
            return submit(request, dataset, options, idempotencyKey, digest);
        }
    }

    private Run submit(
            RunRequest request, Dataset dataset, RunOptions options, @Nullable String idempotencyKey, String digest) {
        ResolvedPipeline resolved =
                resolver.resolve(request.pipeline(), request.pipelineId(), request.pipelineVersion());
        GrantedModels models = resolver.models(request.llm(), resolved);
        Pipeline pipeline = environments.check(request.environment(), Place.DOCUMENT, resolved.pipeline());
        checks.check(pipeline, "/pipeline");
        return submitOnce(new NewRun(
                name(request.name()),
                dataset,
                resolved,
                options,
                models,
                environments.ask(request.environment(), Place.DOCUMENT, resolved),
                idempotencyKey,
                idempotencyKey == null ? null : digest));
    }

    /** Of two concurrent requests with one key, the unique index accepts one; both get its run. */
    private Run submitOnce(NewRun submission) {
        try {
            return runs.submit(submission);
        } catch (ConstraintViolationException rejected) {
            String key = submission.idempotencyKey();
            String digest = submission.requestDigest();
            if (key == null || digest == null) {
                throw rejected;
            }
            return earlier(key, digest).orElseThrow(() -> rejected);
        }
    }

    /** Checks options before anything is stored for them. */
    void checkOptions(RunRequest options) {
        name(options.name());
        rules.check(options);
        resolver.modelsOfForm(options.llm());
    }

    /** Checks the packages and the scripts of a form before anything is stored for it. */
    void checkPipeline(Pipeline pipeline, RunRequest options) {
        checks.check(environments.check(options.environment(), Place.FORM, pipeline), "");
    }

    /** Submits a run of a dataset and a checked pipeline from one form. */
    Run submit(Dataset dataset, Pipeline pipeline, RunRequest options) {
        ResolvedPipeline resolved = ResolvedPipeline.of(pipeline);
        return runs.submit(new NewRun(
                name(options.name()),
                dataset,
                resolved,
                rules.check(options),
                resolver.modelsOfForm(options.llm()),
                environments.ask(options.environment(), Place.FORM, resolved),
                null,
                null));
    }

    private Dataset dataset(@Nullable UUID id) {
        if (id == null) {
            throw ProblemException.invalidField(
                    ProblemType.MISSING_FIELD, "/datasetId", "Give the datasetId of an uploaded dataset.");
        }
        return datasets.find(id);
    }

    private static @Nullable String name(@Nullable String name) {
        if (name == null) {
            return null;
        }
        if (!NameValidator.isValid(name)) {
            throw ProblemException.invalidField(
                    ProblemType.OUT_OF_RANGE, "/name", "name must have 1 to 200 characters and no control characters.");
        }
        return name;
    }

    private Optional<Run> earlier(String key, String digest) {
        if (key.isBlank() || key.length() > LONGEST_KEY) {
            throw new ProblemException(ProblemType.INVALID_REQUEST, "Idempotency-Key must have 1 to 200 characters.");
        }
        Optional<Run> earlier = runs.findByIdempotencyKey(access.project(), key);
        if (earlier.isPresent() && !digest.equals(earlier.get().requestDigest)) {
            throw new ProblemException(
                    ProblemType.IDEMPOTENCY_KEY_REUSED,
                    "This Idempotency-Key came with another request; use a new one.");
        }
        return earlier;
    }

    private String digest(RunRequest request) {
        try {
            return Sha256.hex(mapper.writeValueAsBytes(request));
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
