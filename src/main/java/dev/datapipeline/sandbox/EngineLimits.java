package dev.datapipeline.sandbox;

import java.time.Duration;

/**
 * What the engine is held to, by itself and by the service that listens to it.
 *
 * @param loadTimeout for importing the scripts, and again for their {@code setup} in each new process
 * @param resultBytes longest value of one stage
 * @param logBytes what is kept of the log of a batch
 */
record EngineLimits(Duration loadTimeout, int resultBytes, int logBytes, int crashesPerBatch) {
    static EngineLimits of(SandboxConfig config) {
        return new EngineLimits(
                config.loadTimeout(),
                Math.toIntExact(config.limits().result().asLongValue()),
                Math.toIntExact(config.limits().log().asLongValue()),
                config.limits().crashesPerBatch());
    }
}
