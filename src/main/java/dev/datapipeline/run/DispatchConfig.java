package dev.datapipeline.run;

import io.smallrye.config.ConfigMapping;
import java.util.OptionalInt;

/** How many batches run at once. */
@ConfigMapping(prefix = "datapipeline.dispatch")
public interface DispatchConfig {
    /** Batches at once in this process; as many as there are processors unless given. */
    OptionalInt slots();

    default int effectiveSlots() {
        return slots().orElse(Runtime.getRuntime().availableProcessors());
    }
}
