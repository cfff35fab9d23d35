package dev.datapipeline.run;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** Bounds of what a run may ask for. */
@ConfigMapping(prefix = "datapipeline.run")
public interface RunConfig {
    @WithDefault("100")
    int defaultBatchSize();

    @WithDefault("1000000")
    int largestBatchSize();

    /** Batches one run may have. */
    @WithDefault("200000")
    int mostBatches();

    @WithDefault("60s")
    Duration defaultRecordTimeout();

    @WithDefault("1h")
    Duration longestRecordTimeout();

    /** Records in flight in one batch; plain functions take a thread each, and threads count as processes of the sandbox. */
    @WithDefault("32")
    int mostRecordConcurrency();
}
