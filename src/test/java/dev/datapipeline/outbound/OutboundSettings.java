package dev.datapipeline.outbound;

import io.quarkus.runtime.configuration.MemorySize;
import java.math.BigInteger;
import java.time.Duration;

/** Settings of tests. */
public record OutboundSettings(
        int connections, MemorySize maxBody, Duration headTimeout, Duration bodyTimeout, Duration stallTimeout)
        implements OutboundConfig {
    public static OutboundSettings usual() {
        return new OutboundSettings(
                64, bytes(20 * 1024 * 1024), Duration.ofSeconds(30), Duration.ofSeconds(30), Duration.ofMinutes(5));
    }

    OutboundSettings withMaxBody(long size) {
        return new OutboundSettings(connections, bytes(size), headTimeout, bodyTimeout, stallTimeout);
    }

    OutboundSettings withTimeouts(Duration head, Duration body, Duration stall) {
        return new OutboundSettings(connections, maxBody, head, body, stall);
    }

    private static MemorySize bytes(long size) {
        return new MemorySize(BigInteger.valueOf(size));
    }
}
