package dev.datapipeline.worker;

import java.time.Duration;

/** Settings of a worker for tests. */
record Patience(Duration lease, Duration initialBackoff, Duration maxBackoff) implements WorkerConfig {
    static Patience withLease(Duration lease) {
        return new Patience(lease, Duration.ofMillis(500), Duration.ofSeconds(30));
    }

    static Patience withBackoff(Duration first, Duration longest) {
        return new Patience(Duration.ofSeconds(30), first, longest);
    }

    @Override
    public Duration shutdownGrace() {
        return Duration.ofSeconds(30);
    }

    @Override
    public int maxInfrastructureFailures() {
        return 10;
    }

    @Override
    public int maxEngineDeaths() {
        return 3;
    }
}
