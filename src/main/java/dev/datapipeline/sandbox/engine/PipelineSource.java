package dev.datapipeline.sandbox.engine;

/** Where a sandbox gets its pipeline from. It is asked only when a sandbox has to load one, so that scripts are in memory no longer than that. */
@FunctionalInterface
public interface PipelineSource {
    /**
     * Brings the pipeline into memory; may wait until others have let go of theirs.
     *
     * @throws SandboxFailureException CLOSED when there is nothing to run any more
     */
    HeldPipeline open() throws SandboxFailureException, InterruptedException;
}
