package dev.datapipeline.sandbox;

import dev.datapipeline.sandbox.engine.PipelineSource;

/**
 * @param pipeline opened only if the sandbox has not loaded it yet
 * @param isSingleUse whether the sandbox is new and destroyed when the lease ends, so that no two batches share it
 */
public record SandboxRequest(SandboxOwner owner, PipelineSource pipeline, boolean isSingleUse) {}
