package dev.datapipeline.sandbox.engine.protocol;

import dev.datapipeline.sandbox.engine.EnginePipeline;
import java.time.Duration;

/**
 * What the service keeps of a pipeline that an engine has loaded: not the scripts, because a sandbox may live for long.
 *
 * @param stages scripts of all steps together
 */
record LoadedPipeline(int stages, Duration recordTimeout, boolean keepsAllStages) {
    static LoadedPipeline of(EnginePipeline pipeline) {
        return new LoadedPipeline(pipeline.stages(), pipeline.recordTimeout(), pipeline.keepsAllStages());
    }
}
