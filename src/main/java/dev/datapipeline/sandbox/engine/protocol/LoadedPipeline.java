package dev.datapipeline.sandbox.engine.protocol;

import dev.datapipeline.sandbox.engine.EnginePipeline;
import java.time.Duration;

/** What the service keeps of a loaded pipeline: not the scripts, because a sandbox may live for long. */
record LoadedPipeline(int stages, Duration recordTimeout, boolean keepsAllStages) {
    static LoadedPipeline of(EnginePipeline pipeline) {
        return new LoadedPipeline(pipeline.stages(), pipeline.recordTimeout(), pipeline.keepsAllStages());
    }
}
