package dev.datapipeline.sandbox.engine.pipeline;

import dev.datapipeline.outbound.OutboundAccess;

/** @param release called when the scripts are no longer needed */
public record HeldPipeline(EnginePipeline pipeline, Runnable release) implements AutoCloseable {
    public HeldPipeline withOutbound(OutboundAccess access) {
        return new HeldPipeline(pipeline.withOutbound(access), release);
    }

    public HeldPipeline withEnvironment(String folder) {
        return new HeldPipeline(pipeline.withEnvironment(folder), release);
    }

    @Override
    public void close() {
        release.run();
    }
}
