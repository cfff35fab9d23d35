package dev.datapipeline.sandbox.engine;

import java.time.Duration;

/**
 * What the service keeps of a pipeline that an engine has loaded: not the scripts, because a sandbox may live for long.
 *
 * @param stages scripts of all steps together
 */
public record LoadedPipeline(int stages, Duration recordTimeout, boolean keepsAllStages) {
    public static LoadedPipeline of(EnginePipeline pipeline) {
        return new LoadedPipeline(pipeline.stages(), pipeline.recordTimeout(), pipeline.keepsAllStages());
    }
}
