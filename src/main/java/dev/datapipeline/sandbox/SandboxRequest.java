package dev.datapipeline.sandbox;

import dev.datapipeline.sandbox.engine.pipeline.PipelineSource;
import dev.datapipeline.sandbox.image.SandboxBase;
import org.jspecify.annotations.Nullable;

/**
 * @param pipeline opened only if the sandbox has not loaded it yet
 * @param isSingleUse whether the sandbox is new and destroyed when the lease ends, so that no two batches share it
 * @param base the same in all requests of an owner
 * @param memory bytes that the sandbox may take, the same in all requests of an owner; null for the limit of the settings
 */
public record SandboxRequest(
        SandboxOwner owner,
        PipelineSource pipeline,
        boolean isSingleUse,
        SandboxBase base,
        @Nullable Long memory) {
    /** A sandbox of the default image. */
    public SandboxRequest(SandboxOwner owner, PipelineSource pipeline, boolean isSingleUse) {
        this(owner, pipeline, isSingleUse, SandboxBase.DEFAULT);
    }

    /** A sandbox with the usual memory. */
    public SandboxRequest(SandboxOwner owner, PipelineSource pipeline, boolean isSingleUse, SandboxBase base) {
        this(owner, pipeline, isSingleUse, base, null);
    }
}
