package dev.datapipeline.worker;

import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;

/** Exponential pauses with jitter. */
final class Backoff {
    private static final int MAX_DOUBLINGS = 16;

    private Backoff() {}

    /** @param attempt from 1 */
    static Duration pause(WorkerConfig config, int attempt) {
        int doublings = Math.min(attempt - 1, MAX_DOUBLINGS);
        long milliseconds = Math.min(
                config.initialBackoff().toMillis() << doublings,
                config.maxBackoff().toMillis());
        return Duration.ofMillis(milliseconds / 2 + ThreadLocalRandom.current().nextLong(milliseconds / 2 + 1));
    }
}
