package dev.datapipeline.dispatch;

import dev.datapipeline.settings.Ranges;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithConverter;
import java.io.Serial;
import java.util.Optional;
import org.eclipse.microprofile.config.spi.Converter;

/** How many batches run at once. */
@ConfigMapping(prefix = "datapipeline.dispatch")
public interface DispatchConfig {
    /** See {@code smallrye.messaging.worker.batch-workers.max-concurrency}. */
    int MOST_SLOTS = 64;

    /** Batches at once in this process; as many as there are processors unless given. At most as many as there are threads for them. */
    Optional<@WithConverter(Slots.class) Integer> slots();

    default int effectiveSlots() {
        return slots().orElse(Math.min(MOST_SLOTS, Runtime.getRuntime().availableProcessors()));
    }

    /** No more than there are threads. */
    final class Slots implements Converter<Integer> {
        @Serial
        private static final long serialVersionUID = 1;

        @Override
        public Integer convert(String text) {
            return Ranges.between(1, MOST_SLOTS, Integer.valueOf(text));
        }
    }
}
