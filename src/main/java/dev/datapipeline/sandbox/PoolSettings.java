package dev.datapipeline.sandbox;

import java.time.Duration;

/**
 * @param warm sandboxes kept ready for coming runs
 * @param primed sandboxes kept ready that have imported modules of an environment
 * @param limit sandboxes at one time
 * @param leaseTimeout longest wait for a sandbox
 * @param retryDelay pause after a sandbox could not be started
 * @param refillDelay pause before the warm stock is filled while there are runs; they need the processors more, and most of them are over
 *     before
 * @param idleTimeout time after which a run's sandbox without a batch is discarded
 */
public record PoolSettings(
        int warm,
        int primed,
        int limit,
        Duration leaseTimeout,
        Duration retryDelay,
        Duration refillDelay,
        Duration idleTimeout) {
    private static final Duration REFILL_DELAY = Duration.ofSeconds(1);

    /** Sandboxes for trials at one time. Runs, trials and checks of scripts each have a share and never wait for each other's. */
    public int forTrials() {
        return share();
    }

    /** Sandboxes for checks of scripts at one time; two, so that short ones need not wait for long ones. */
    public int forChecks() {
        return Math.max(2, Math.min(share(), Runtime.getRuntime().availableProcessors()));
    }

    public int forRuns() {
        return Math.max(1, limit - forTrials() - forChecks());
    }

    private int share() {
        return Math.max(1, limit / 4);
    }

    public static PoolSettings of(SandboxConfig config) {
        int processors = Runtime.getRuntime().availableProcessors();
        return new PoolSettings(
                config.warm().orElse(processors),
                config.primed(),
                config.limit().orElse(Math.max(8, 4 * processors)),
                config.leaseTimeout(),
                config.retryDelay(),
                REFILL_DELAY,
                config.idleTimeout());
    }
}
