package dev.datapipeline.run.service;

import dev.datapipeline.settings.PositiveInteger;
import dev.datapipeline.settings.Ranges;
import io.quarkus.runtime.configuration.DurationConverter;
import io.quarkus.runtime.configuration.MemorySize;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithConverter;
import io.smallrye.config.WithDefault;
import java.io.Serial;
import java.time.Duration;
import org.eclipse.microprofile.config.spi.Converter;

/** Bounds of what a run may ask for. */
@ConfigMapping(prefix = "datapipeline.run")
public interface RunConfig {
    @WithDefault("100")
    @WithConverter(PositiveInteger.class)
    int defaultBatchSize();

    @WithDefault("1000000")
    @WithConverter(PositiveInteger.class)
    int maxBatchSize();

    /** Batches one run may have. */
    @WithDefault("200000")
    @WithConverter(PositiveInteger.class)
    int maxBatches();

    /** Disk space for the results and logs of one run; one that goes beyond ends as FAILED. */
    @WithDefault("64G")
    MemorySize maxResultSize();

    @WithDefault("60s")
    Duration defaultRecordTimeout();

    /** A record that waits for something holds a slot and a sandbox for as long as this; at most an hour. */
    @WithDefault("10m")
    @WithConverter(RecordTimeout.class)
    Duration maxRecordTimeout();

    /** Records in flight in one batch; plain functions take a thread each, and threads count as processes of the sandbox. */
    @WithDefault("32")
    @WithConverter(PositiveInteger.class)
    int maxRecordConcurrency();

    /** No longer than the engine waits. */
    final class RecordTimeout implements Converter<Duration> {
        @Serial
        private static final long serialVersionUID = 1;

        @Override
        public Duration convert(String text) {
            return Ranges.between(Duration.ofMillis(1), Duration.ofHours(1), DurationConverter.parseDuration(text));
        }
    }
}
