package dev.datapipeline.sandbox;

import dev.datapipeline.sandbox.engine.pipeline.PipelineSource;
import dev.datapipeline.sandbox.image.SandboxBase;

/**
 * @param pipeline opened only if the sandbox has not loaded it yet
 * @param isSingleUse whether the sandbox is new and destroyed when the lease ends, so that no two batches share it
 * @param base the same in all requests of an owner
 */
public record SandboxRequest(SandboxOwner owner, PipelineSource pipeline, boolean isSingleUse, SandboxBase base) {
    /** A sandbox of the default image. */
    public SandboxRequest(SandboxOwner owner, PipelineSource pipeline, boolean isSingleUse) {
        this(owner, pipeline, isSingleUse, SandboxBase.DEFAULT);
    }
}
