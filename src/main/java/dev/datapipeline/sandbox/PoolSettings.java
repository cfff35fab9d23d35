package dev.datapipeline.sandbox;

import java.time.Duration;

/**
 * @param warm sandboxes kept for runs to come
 * @param limit sandboxes at one time
 * @param borrowTimeout longest wait for one
 * @param retryDelay pause after a failure to make one
 * @param refillDelay pause before the warm ones are made up for while there are runs, which need the processors more and are
 *     mostly over before
 * @param idleTimeout after which a run's sandbox without a batch is given up
 */
public record PoolSettings(
        int warm, int limit, Duration borrowTimeout, Duration retryDelay, Duration refillDelay, Duration idleTimeout) {
    private static final Duration REFILL_DELAY = Duration.ofSeconds(1);

    /** Sandboxes for trials at one time. Runs, trials and checks of scripts have shares of their own and never wait for each other's. */
    public int forTrials() {
        return share();
    }

    /** Sandboxes for checks of scripts at one time; two, so that short ones need not wait for long ones. */
    int forChecks() {
        return Math.max(2, Math.min(share(), Runtime.getRuntime().availableProcessors()));
    }

    /** Sandboxes for batches at one time. */
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
                config.limit().orElse(Math.max(8, 4 * processors)),
                config.borrowTimeout(),
                config.retryDelay(),
                REFILL_DELAY,
                config.idleTimeout());
    }
}
