package dev.datapipeline.worker.dispatch;

import dev.datapipeline.settings.Ranges;
import io.quarkus.runtime.configuration.DurationConverter;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithConverter;
import io.smallrye.config.WithDefault;
import java.io.Serial;
import java.time.Duration;
import java.util.Optional;
import org.eclipse.microprofile.config.spi.Converter;

/** How many batches run at once, and for how long one may keep other runs waiting. */
@ConfigMapping(prefix = "datapipeline.dispatch")
public interface DispatchConfig {
    /** See {@code smallrye.messaging.worker.batch-workers.max-concurrency}. */
    int MAX_SLOTS = 64;

    /** Batches at once in this process; the number of processors by default. There are no more threads for them than {@link #MAX_SLOTS}. */
    Optional<@WithConverter(Slots.class) Integer> slots();

    /**
     * How long a batch counts as short. A longer batch leaves its slot to other runs and continues beside them while there are sandboxes. When
     * there are none, it is preempted and runs again later with more time. See {@link SlotRules}.
     */
    @WithDefault("1s")
    @WithConverter(Turn.class)
    Duration turn();

    default int effectiveSlots() {
        return slots().orElse(Math.min(MAX_SLOTS, Runtime.getRuntime().availableProcessors()));
    }

    /** No more than there are threads for batches. */
    final class Slots implements Converter<Integer> {
        @Serial
        private static final long serialVersionUID = 1;

        @Override
        public Integer convert(String text) {
            return Ranges.between(1, MAX_SLOTS, Integer.valueOf(text));
        }
    }

    /** Time enough for a small batch. */
    final class Turn implements Converter<Duration> {
        @Serial
        private static final long serialVersionUID = 1;

        @Override
        public Duration convert(String text) {
            return Ranges.atLeast(Duration.ofMillis(100), DurationConverter.parseDuration(text));
        }
    }
}
