package dev.datapipeline.testing;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;

/** Waits, with a bound, for what another thread or process does. */
public final class Eventually {
    private static final long POLL_NANOSECONDS = Duration.ofMillis(5).toNanos();

    private Eventually() {}

    /** May throw whatever it likes: that fails the test. */
    public interface Condition {
        boolean holds() throws Exception;
    }

    /** Waits until the condition holds, for at most 20 seconds. */
    public static void eventually(String what, Condition condition) throws Exception {
        eventually(what, Duration.ofSeconds(20), condition);
    }

    /**
     * Waits until the condition holds.
     *
     * @throws AssertionError when it does not hold in time
     */
    public static void eventually(String what, Duration longest, Condition condition) throws Exception {
        long start = System.nanoTime();
        while (!condition.holds()) {
            if (System.nanoTime() - start > longest.toNanos()) {
                throw new AssertionError("not within " + longest.toSeconds() + " s: " + what);
            }
            LockSupport.parkNanos(POLL_NANOSECONDS);
        }
    }
}
