package dev.datapipeline.sandbox.engine;

/**
 * A pipeline with its scripts in memory, until it is closed.
 *
 * @param release called when the scripts are no longer needed
 */
public record HeldPipeline(EnginePipeline pipeline, Runnable release) implements AutoCloseable {
    @Override
    public void close() {
        release.run();
    }
}
