package dev.datapipeline.dispatch;

import io.smallrye.config.ConfigMapping;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.util.Optional;

/** How many batches run at once. */
@ConfigMapping(prefix = "datapipeline.dispatch")
public interface DispatchConfig {
    /** See {@code smallrye.messaging.worker.batch-workers.max-concurrency}. */
    int MOST_SLOTS = 64;

    /** Batches at once in this process; as many as there are processors unless given. At most as many as there are threads for them. */
    Optional<@Min(1) @Max(MOST_SLOTS) Integer> slots();

    default int effectiveSlots() {
        return slots().orElse(Math.min(MOST_SLOTS, Runtime.getRuntime().availableProcessors()));
    }
}
