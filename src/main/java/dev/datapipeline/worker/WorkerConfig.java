package dev.datapipeline.worker;

import dev.datapipeline.settings.PositiveInteger;
import dev.datapipeline.settings.Ranges;
import io.quarkus.runtime.configuration.DurationConverter;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithConverter;
import io.smallrye.config.WithDefault;
import java.io.Serial;
import java.time.Duration;
import org.eclipse.microprofile.config.spi.Converter;

/** How patient a worker is. */
@ConfigMapping(prefix = "datapipeline.worker")
interface WorkerConfig {
    /** How long a claim holds without being renewed; renewed every sixth of this time, to the second. */
    @WithDefault("30s")
    @WithConverter(Lease.class)
    Duration lease();

    /** How long batches under way may go on when the service is asked to stop; then they are cut short and run again at the next start. */
    @WithDefault("30s")
    Duration shutdownGrace();

    /** Attempts of one batch that may be lost to infrastructure before its run is given up. */
    @WithDefault("10")
    @WithConverter(PositiveInteger.class)
    int maxInfrastructureFailures();

    /** Attempts of one batch in which the engine may die before the batch counts as broken. */
    @WithDefault("3")
    @WithConverter(PositiveInteger.class)
    int maxEngineDeaths();

    /** Pause before a disturbed batch is tried again; doubles each time. */
    @WithDefault("500ms")
    Duration initialBackoff();

    /** Longest pause before a disturbed batch is tried again. */
    @WithDefault("30s")
    Duration maxBackoff();

    /** Long enough to be renewed to the second. */
    final class Lease implements Converter<Duration> {
        @Serial
        private static final long serialVersionUID = 1;

        @Override
        public Duration convert(String text) {
            return Ranges.atLeast(Duration.ofSeconds(6), DurationConverter.parseDuration(text));
        }
    }
}
