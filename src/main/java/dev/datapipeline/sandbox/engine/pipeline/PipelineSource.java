package dev.datapipeline.sandbox.engine.pipeline;

import dev.datapipeline.sandbox.engine.SandboxFailureException;

/** Provides a pipeline. A sandbox opens it only to load it, so that the scripts are in memory no longer than that. */
@FunctionalInterface
public interface PipelineSource {
    /**
     * Reads the pipeline into memory; may wait until others have released theirs.
     *
     * @throws SandboxFailureException CLOSED when the run is over
     */
    HeldPipeline open() throws SandboxFailureException, InterruptedException;
}
