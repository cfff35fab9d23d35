package dev.datapipeline.sandbox.engine;

/** @param release called when the scripts are no longer needed */
public record HeldPipeline(EnginePipeline pipeline, Runnable release) implements AutoCloseable {
    @Override
    public void close() {
        release.run();
    }
}
