package dev.datapipeline.run.service;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectReader;
import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.datapipeline.environment.options.EnvironmentOptions;
import dev.datapipeline.llm.call.ModelAccess;
import dev.datapipeline.problem.ProblemException;
import dev.datapipeline.run.RunRef;
import dev.datapipeline.run.RunSpec;
import dev.datapipeline.run.store.RunSpecQueries;
import dev.datapipeline.sandbox.engine.pipeline.StepOutline;
import dev.datapipeline.sandbox.image.BaseImages;
import dev.datapipeline.sandbox.image.SandboxBase;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * Reads and caches what workers need to know about runs. Every batch asks for it, and it is small: the scripts stay in the database until a
 * sandbox loads them. An entry is for a run as it was after so many retries and never changes, so that nobody has to remove it.
 */
@Singleton
public class RunSpecCache {
    private static final long MAX_SPECS = 10_000;

    /** Long scripts may take this part of the heap together while they are sent to sandboxes. */
    private static final int HEAP_FRACTION = 8;

    private final RunSpecQueries queries;
    private final RunScripts scripts;
    private final ObjectReader models;
    private final Cache<Key, RunSpec> specs =
            Caffeine.newBuilder().maximumSize(MAX_SPECS).build();

    RunSpecCache(RunSpecQueries queries, EnvironmentCheck environments, ObjectMapper mapper) {
        this.queries = queries;
        this.scripts = new RunScripts(
                queries, environments, mapper, Runtime.getRuntime().maxMemory() / HEAP_FRACTION);
        this.models = mapper.readerFor(ModelAccess.class);
    }

    private record Key(UUID run, int retries) {}

    /** The run as it was after so many retries; empty when it is gone or was retried since. Does not wait for the database inside the cache. */
    public Optional<RunSpec> get(UUID run, int retries) {
        Key key = new Key(run, retries);
        RunSpec cached = specs.getIfPresent(key);
        if (cached != null) {
            return Optional.of(cached);
        }
        Optional<RunSpec> read = queries.data(run, retries).map(data -> spec(new RunRef(run), data));
        read.ifPresent(spec -> specs.put(key, spec));
        return read;
    }

    /** The run as it is now. */
    public Optional<RunSpec> find(RunRef run) {
        return queries.data(run).map(data -> spec(run, data));
    }

    private RunSpec spec(RunRef run, RunSpecQueries.SpecData data) {
        return new RunSpec(
                run,
                data.dataset(),
                data.retries(),
                () -> scripts.open(run.id(), data.retries()),
                new SandboxBase(data.image() == null ? BaseImages.DEFAULT : data.image(), data.folder()),
                EnvironmentOptions.memory(data.memoryMegabytes()),
                data.isolatesBatches(),
                data.models() == null ? null : models(run, data.models()));
    }

    private ModelAccess models(RunRef run, String json) {
        try {
            return models.readValue(json);
        } catch (JsonProcessingException broken) {
            throw new IllegalStateException("the model calls of run " + run + " cannot be read", broken);
        }
    }

    /**
     * The steps of a run without their scripts.
     *
     * @throws ProblemException NOT_FOUND
     */
    public List<StepOutline> outline(RunRef run) {
        List<StepOutline> steps = queries.outline(run);
        if (steps.isEmpty()) {
            throw ProblemException.notFound("run");
        }
        return steps;
    }
}
