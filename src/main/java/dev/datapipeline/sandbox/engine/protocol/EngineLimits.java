package dev.datapipeline.sandbox.engine.protocol;

import io.quarkus.runtime.configuration.MemorySize;
import java.time.Duration;

/**
 * @param loadTimeout for importing the scripts, and again for their {@code setup} in each new process
 * @param resultBytes of the value of one stage
 * @param logBytes kept of the log of a batch
 */
public record EngineLimits(Duration loadTimeout, int resultBytes, int logBytes, int crashesPerBatch) {
    /** A value must fit into a frame, together with the error of a later stage. */
    private static final long MAX_VALUE = 64L * 1024 * 1024;

    /** @throws IllegalArgumentException a setting is larger than the protocol allows */
    public static EngineLimits of(Duration loadTimeout, MemorySize result, MemorySize log, int crashesPerBatch) {
        return new EngineLimits(loadTimeout, bounded("result", result), bounded("log", log), crashesPerBatch);
    }

    private static int bounded(String setting, MemorySize size) {
        if (size.asLongValue() > MAX_VALUE) {
            throw new IllegalArgumentException(
                    "datapipeline.sandbox.limits." + setting + " can be at most " + MAX_VALUE + " bytes");
        }
        return Math.toIntExact(size.asLongValue());
    }
}
