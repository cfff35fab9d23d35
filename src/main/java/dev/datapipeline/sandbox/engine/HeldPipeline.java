package dev.datapipeline.sandbox.engine;

/**
 * A pipeline with its scripts in memory, until it is closed.
 *
 * @param release called once, when the scripts are needed no more
 */
public record HeldPipeline(EnginePipeline pipeline, Runnable release) implements AutoCloseable {
    @Override
    public void close() {
        release.run();
    }
}
