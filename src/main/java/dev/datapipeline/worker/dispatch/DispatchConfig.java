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

/** How many batches run at once, and for how long one may keep others waiting. */
@ConfigMapping(prefix = "datapipeline.dispatch")
public interface DispatchConfig {
    /** See {@code smallrye.messaging.worker.batch-workers.max-concurrency}. */
    int MAX_SLOTS = 64;

    /** Batches at once in this process; as many as there are processors unless given. At most as many as there are threads for them. */
    Optional<@WithConverter(Slots.class) Integer> slots();

    /**
     * How long a batch counts as a short one. Longer ones leave their slots to other runs, go on beside them while there are sandboxes, and
     * are given back, to run again later for longer, when there are none. See {@link SlotRules}.
     */
    @WithDefault("1s")
    @WithConverter(Turn.class)
    Duration turn();

    default int effectiveSlots() {
        return slots().orElse(Math.min(MAX_SLOTS, Runtime.getRuntime().availableProcessors()));
    }

    /** No more than there are threads. */
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
