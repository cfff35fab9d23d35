package dev.datapipeline.memory;

import io.quarkus.runtime.configuration.MemorySize;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;
import java.util.Optional;

/** How much memory the requests under way may hold together. */
@ConfigMapping(prefix = "datapipeline.memory")
public interface MemoryConfig {
    /** Bytes of bodies, records and results held in memory at the same time; by default a quarter of the maximum heap. */
    Optional<MemorySize> budget();

    /** How long a request waits for memory before it fails with 503. */
    @WithDefault("10S")
    Duration longestWait();
}
