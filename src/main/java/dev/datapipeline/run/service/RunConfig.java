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

@ConfigMapping(prefix = "datapipeline.run")
public interface RunConfig {
    @WithDefault("100")
    @WithConverter(PositiveInteger.class)
    int defaultBatchSize();

    @WithDefault("1000000")
    @WithConverter(PositiveInteger.class)
    int maxBatchSize();

    /** Batches of one run. */
    @WithDefault("200000")
    @WithConverter(PositiveInteger.class)
    int maxBatches();

    /** Disk space for the results and logs of one run; a run that needs more fails. */
    @WithDefault("64G")
    MemorySize maxResultSize();

    @WithDefault("60s")
    Duration defaultRecordTimeout();

    /** A record that waits holds a slot and a sandbox for up to this time; at most an hour. */
    @WithDefault("10m")
    @WithConverter(RecordTimeout.class)
    Duration maxRecordTimeout();

    /** Concurrent records of one batch. Plain functions take a thread each, and threads count as processes of the sandbox. */
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
