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

@ConfigMapping(prefix = "datapipeline.worker")
interface WorkerConfig {
    /** How long a claim lasts without a renewal. It is renewed every sixth of this time, in whole seconds. */
    @WithDefault("30s")
    @WithConverter(Lease.class)
    Duration lease();

    /** How long running batches may continue when the service stops; then they are aborted and run again at the next start. */
    @WithDefault("30s")
    Duration shutdownGrace();

    /** Attempts at one batch that the infrastructure may fail before the run fails. */
    @WithDefault("10")
    @WithConverter(PositiveInteger.class)
    int maxInfrastructureFailures();

    /** Attempts at one batch in which the engine may die before the batch fails. */
    @WithDefault("3")
    @WithConverter(PositiveInteger.class)
    int maxEngineDeaths();

    /** Pause before a batch is tried again after a failure of the infrastructure; doubles each time. */
    @WithDefault("500ms")
    Duration initialBackoff();

    /** Longest pause before a batch is tried again after a failure of the infrastructure. */
    @WithDefault("30s")
    Duration maxBackoff();

    /** At least 6 s, since renewals happen in whole seconds. */
    final class Lease implements Converter<Duration> {
        @Serial
        private static final long serialVersionUID = 1;

        @Override
        public Duration convert(String text) {
            return Ranges.atLeast(Duration.ofSeconds(6), DurationConverter.parseDuration(text));
        }
    }
}
