package dev.datapipeline.outbound;

import dev.datapipeline.settings.PositiveInteger;
import io.quarkus.runtime.configuration.MemorySize;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithConverter;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** What the calls out of one sandbox may use. */
@ConfigMapping(prefix = "datapipeline.outbound")
public interface OutboundConfig {
    /** Connections open at one time; more wait. */
    @WithConverter(PositiveInteger.class)
    @WithDefault("64")
    int connections();

    /** Largest body of a request. */
    @WithDefault("20M")
    MemorySize maxBody();

    /** Longest time from the connection to the end of the request's head. */
    @WithDefault("30S")
    Duration headTimeout();

    /** Longest time for the body of a request, the wait for memory included. */
    @WithDefault("2M")
    Duration bodyTimeout();

    /** Longest time in which a client takes nothing of its answer. */
    @WithDefault("5M")
    Duration stallTimeout();
}
