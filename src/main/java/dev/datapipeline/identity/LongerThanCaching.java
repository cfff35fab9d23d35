package dev.datapipeline.identity;

import dev.datapipeline.settings.Ranges;
import io.quarkus.runtime.configuration.DurationConverter;
import java.time.Duration;
import org.eclipse.microprofile.config.spi.Converter;

/** A time of a minute or more: the use of sessions is recorded once a minute. */
public final class LongerThanCaching implements Converter<Duration> {
    @Override
    public Duration convert(String text) {
        return Ranges.atLeast(Duration.ofMinutes(1), new DurationConverter().convert(text));
    }
}
