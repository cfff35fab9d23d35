package dev.datapipeline.environment.service;

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

/** How environments are kept and built. */
@ConfigMapping(prefix = "datapipeline.environment")
public interface EnvironmentConfig {
    /** Disk space for the files of all environments; beyond it those are removed that were not used for longest. */
    @WithDefault("5G")
    MemorySize diskLimit();

    /** How long others who declare the same packages get the same versions of them; saved pipelines keep theirs for ever. */
    @WithDefault("24h")
    Duration relockAfter();

    /** Environments that are resolved or built at one time. */
    @WithDefault("2")
    @WithConverter(PositiveInteger.class)
    int parallelBuilds();

    /** How long a claim of a build lasts without a renewal. */
    @WithDefault("30s")
    @WithConverter(Lease.class)
    Duration lease();

    /** At least 3 s, since renewals take their time. */
    final class Lease implements Converter<Duration> {
        @Serial
        private static final long serialVersionUID = 1;

        @Override
        public Duration convert(String text) {
            return Ranges.atLeast(Duration.ofSeconds(3), DurationConverter.parseDuration(text));
        }
    }
}
