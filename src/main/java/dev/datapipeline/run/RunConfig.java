package dev.datapipeline.run;

import dev.datapipeline.settings.PositiveInteger;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithConverter;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** Bounds of what a run may ask for. */
@ConfigMapping(prefix = "datapipeline.run")
public interface RunConfig {
    @WithDefault("100")
    @WithConverter(PositiveInteger.class)
    int defaultBatchSize();

    @WithDefault("1000000")
    @WithConverter(PositiveInteger.class)
    int largestBatchSize();

    /** Batches one run may have. */
    @WithDefault("200000")
    @WithConverter(PositiveInteger.class)
    int mostBatches();

    @WithDefault("60s")
    Duration defaultRecordTimeout();

    @WithDefault("1h")
    Duration longestRecordTimeout();

    /** Records in flight in one batch; plain functions take a thread each, and threads count as processes of the sandbox. */
    @WithDefault("32")
    @WithConverter(PositiveInteger.class)
    int mostRecordConcurrency();
}
