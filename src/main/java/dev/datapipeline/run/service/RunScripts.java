package dev.datapipeline.run.service;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectReader;
import dev.datapipeline.pipeline.Pipeline;
import dev.datapipeline.pipeline.Step;
import dev.datapipeline.run.store.RunSpecQueries;
import dev.datapipeline.run.store.RunSpecQueries.StoredPipeline;
import dev.datapipeline.sandbox.engine.SandboxFailure;
import dev.datapipeline.sandbox.engine.SandboxFailureException;
import dev.datapipeline.sandbox.engine.pipeline.EnginePipeline;
import dev.datapipeline.sandbox.engine.pipeline.HeldPipeline;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Semaphore;

/** Reads the scripts of runs for sandboxes that load them, and limits the memory of long ones. Nothing is cached: each loads once. */
final class RunScripts {
    /** Shorter steps are not counted: there are no more of them in memory than sandboxes that start at the same time. */
    static final long UNCOUNTED = 256 * 1024;

    /** Copies of the steps in memory while they are read and sent: bytes, text, scripts and frames. */
    private static final int COPIES = 5;

    /** Permits are counted in an int. */
    private static final int UNIT = 1024;

    private final RunSpecQueries queries;
    private final EnvironmentCheck environments;
    private final ObjectReader steps;
    private final int capacity;
    private final Semaphore free;

    /** @param bytes of memory for all long scripts together; a run that needs more gets all of it */
    RunScripts(RunSpecQueries queries, EnvironmentCheck environments, ObjectMapper mapper, long bytes) {
        this.queries = queries;
        this.environments = environments;
        this.steps = mapper.readerFor(new TypeReference<List<Step>>() {});
        this.capacity = (int) Math.clamp(bytes / UNIT, 1, Integer.MAX_VALUE);
        this.free = new Semaphore(capacity, true);
    }

    /**
     * The pipeline of a run after so many retries. A retry may bring other scripts, which must not run batches of earlier claims.
     *
     * @throws SandboxFailureException CLOSED when the run is gone or was retried since
     */
    HeldPipeline open(UUID run, int retries) throws SandboxFailureException, InterruptedException {
        StoredPipeline stored = read(run, retries, UNCOUNTED);
        if (stored.steps() != null) {
            return new HeldPipeline(pipeline(run, stored), () -> {});
        }
        int permits = (int) Math.min(capacity, COPIES * stored.bytes() / UNIT);
        free.acquire(permits);
        boolean isHeld = false;
        try {
            EnginePipeline pipeline = pipeline(run, read(run, retries, Long.MAX_VALUE));
            isHeld = true;
            return new HeldPipeline(pipeline, () -> free.release(permits));
        } finally {
            if (!isHeld) {
                free.release(permits);
            }
        }
    }

    private StoredPipeline read(UUID run, int retries, long maxBytes) throws SandboxFailureException {
        return queries.pipeline(run, retries, maxBytes)
                .orElseThrow(() -> new SandboxFailureException(
                        SandboxFailure.CLOSED, "The run is gone, or was retried with other scripts.", null));
    }

    private EnginePipeline pipeline(UUID run, StoredPipeline stored)
            throws SandboxFailureException, InterruptedException {
        UUID environment = stored.environment();
        String folder = stored.folder();
        if (environment == null) {
            return parsed(run, stored);
        }
        if (folder == null) {
            throw new SandboxFailureException(SandboxFailure.CLOSED, "The environment of the run is not ready.", null);
        }
        environments.requireUsable(environment, folder);
        return parsed(run, stored).withEnvironment(folder);
    }

    private EnginePipeline parsed(UUID run, StoredPipeline stored) {
        try {
            Pipeline pipeline = new Pipeline(run.toString(), null, steps.<List<Step>>readValue(stored.steps()));
            return new EnginePipeline(
                    pipeline.engineSteps(),
                    stored.recordTimeout(),
                    stored.recordConcurrency(),
                    stored.keepsAllStages());
        } catch (JsonProcessingException broken) {
            throw new IllegalStateException("the steps of run " + run + " cannot be read", broken);
        }
    }
}
