package dev.datapipeline.sandbox.engine.protocol;

import dev.datapipeline.outbound.OutboundAccess;
import dev.datapipeline.outbound.WaitingTime;
import dev.datapipeline.sandbox.engine.pipeline.EnginePipeline;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What the service keeps of a pipeline that an engine has loaded: not the scripts, because a sandbox may live for long.
 *
 * @param stages scripts of all steps together
 * @param waiting time that does not count as work; null where scripts call nobody
 */
record LoadedPipeline(
        int stages,
        Duration recordTimeout,
        boolean keepsAllStages,
        @Nullable WaitingTime waiting) {
    static LoadedPipeline of(EnginePipeline pipeline) {
        OutboundAccess outbound = pipeline.outbound();
        return new LoadedPipeline(
                pipeline.stages(),
                pipeline.recordTimeout(),
                pipeline.keepsAllStages(),
                outbound == null ? null : outbound.waiting());
    }

    /** How long scripts have waited up to now for what is not their work. */
    Duration waited() {
        return waiting == null ? Duration.ZERO : waiting.total();
    }
}
