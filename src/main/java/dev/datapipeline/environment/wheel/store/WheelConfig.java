package dev.datapipeline.environment.wheel.store;

import io.quarkus.runtime.configuration.MemorySize;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

/** How much disk wheels may take. */
@ConfigMapping(prefix = "datapipeline.environment.wheels")
public interface WheelConfig {
    /** Bytes of fetched wheels; beyond them those are removed that were not used for longest. */
    @WithDefault("2G")
    MemorySize diskLimit();

    /** Bytes of uploaded wheels, which are never removed by themselves. */
    @WithDefault("2G")
    MemorySize uploadLimit();

    /** Largest single wheel. */
    @WithDefault("1G")
    MemorySize largest();
}
