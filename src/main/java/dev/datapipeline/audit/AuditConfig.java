package dev.datapipeline.audit;

import dev.datapipeline.settings.Ranges;
import io.quarkus.runtime.configuration.DurationConverter;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithConverter;
import io.smallrye.config.WithDefault;
import java.io.Serial;
import java.time.Duration;
import org.eclipse.microprofile.config.spi.Converter;

/** The audit log. */
@ConfigMapping(prefix = "datapipeline.audit")
interface AuditConfig {
    /** Entries are removed when they are older than this. */
    @WithDefault("365D")
    @WithConverter(ADayOrMore.class)
    Duration retention();

    /** A time of a day or more. */
    final class ADayOrMore implements Converter<Duration> {
        @Serial
        private static final long serialVersionUID = 1;

        @Override
        public Duration convert(String text) {
            return Ranges.atLeast(Duration.ofDays(1), new DurationConverter().convert(text));
        }
    }
}
