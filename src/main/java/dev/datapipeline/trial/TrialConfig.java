package dev.datapipeline.trial;

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

@ConfigMapping(prefix = "datapipeline.trial")
interface TrialConfig {
    /** Time for all records of a trial together, once its pipeline is loaded. */
    @WithDefault("30s")
    @WithConverter(Timeout.class)
    Duration timeout();

    /** The same for a trial that calls models; time in which calls wait for their turn is not counted. */
    @WithDefault("2m")
    @WithConverter(Timeout.class)
    Duration modelTimeout();

    /** Longest wait of a trial for earlier trials. */
    @WithDefault("30s")
    @WithConverter(Timeout.class)
    Duration queueTimeout();

    /** Results of all records of a trial together; later records are left out. */
    @WithDefault("16M")
    MemorySize maxResultSize();

    /** Trials that run or wait at one time; more are rejected. */
    @WithDefault("32")
    @WithConverter(PositiveInteger.class)
    int maxConcurrent();

    final class Timeout implements Converter<Duration> {
        @Serial
        private static final long serialVersionUID = 1;

        @Override
        public Duration convert(String text) {
            return Ranges.atLeast(Duration.ofSeconds(1), DurationConverter.parseDuration(text));
        }
    }
}
