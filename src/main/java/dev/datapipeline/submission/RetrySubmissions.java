package dev.datapipeline.submission;

import dev.datapipeline.llm.options.ModelOptionsRequest;
import dev.datapipeline.memory.MemoryLease;
import dev.datapipeline.pipeline.ResolvedPipeline;
import dev.datapipeline.pipeline.check.PipelineChecker;
import dev.datapipeline.problem.ProblemException;
import dev.datapipeline.run.Run;
import dev.datapipeline.run.RunEnvironment;
import dev.datapipeline.run.RunRef;
import dev.datapipeline.run.service.RetryChange;
import dev.datapipeline.run.service.RunRetries;
import dev.datapipeline.sandbox.engine.pipeline.EnginePipeline;
import dev.datapipeline.sandbox.engine.pipeline.StepOutline;
import jakarta.inject.Singleton;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Checks retries and submits them. */
@Singleton
class RetrySubmissions {
    private final RunRetries retries;
    private final PipelineResolver resolver;
    private final EnvironmentResolver environments;
    private final PipelineChecker checks;

    RetrySubmissions(
            RunRetries retries, PipelineResolver resolver, EnvironmentResolver environments, PipelineChecker checks) {
        this.retries = retries;
        this.resolver = resolver;
        this.environments = environments;
        this.checks = checks;
    }

    /** @throws ProblemException NOT_FOUND, CONFLICT, or whatever is wrong with the pipeline */
    Run retry(RunRef run, @Nullable RetryRequest request) {
        if (request == null) {
            return retries.retry(run, null, null);
        }
        try (MemoryLease scripts =
                resolver.reserve(request.pipeline(), request.pipelineId(), request.pipelineVersion())) {
            return retries.retry(run, request.cause(), (current, steps) -> change(current, steps, request));
        }
    }

    private RetryChange change(Run run, List<StepOutline> steps, RetryRequest request) {
        ResolvedPipeline pipeline = request.namesPipeline() ? corrected(run, steps, request) : null;
        RunEnvironment environment = pipeline == null ? null : environments.ofRetry(run, pipeline);
        ModelOptionsRequest llm = request.llm();
        if (llm == null && (pipeline == null || run.llm != null)) {
            return new RetryChange(pipeline, environment, null, false);
        }
        return new RetryChange(
                pipeline, environment, resolver.models(llm, pipeline), llm != null && llm.budget() != null);
    }

    private ResolvedPipeline corrected(Run run, List<StepOutline> steps, RetryRequest request) {
        ResolvedPipeline resolved =
                resolver.resolve(request.pipeline(), request.pipelineId(), request.pipelineVersion());
        RetryValidator.check(steps, EnginePipeline.outline(resolved.pipeline().engineSteps()), "/pipeline");
        checks.check(environments.correcting(run, resolved), "/pipeline");
        return resolved;
    }
}
