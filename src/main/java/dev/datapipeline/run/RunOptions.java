package dev.datapipeline.run;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * @param toleratedFailures failed records beyond which the run stops; null tolerates any number
 * @param keepsAllStages false keeps only the last value of each record
 * @param isolatesBatches a sandbox of its own for every batch
 */
public record RunOptions(
        int batchSize,
        int maxParallelBatches,
        int recordConcurrency,
        Duration recordTimeout,
        @Nullable ToleratedFailures toleratedFailures,
        boolean keepsAllStages,
        boolean isolatesBatches) {}
