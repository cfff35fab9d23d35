package dev.datapipeline.testing;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;

/** Waiting for what happens elsewhere, with a bound. */
public final class Eventually {
    private static final long GLANCE_NANOSECONDS = Duration.ofMillis(20).toNanos();

    private Eventually() {}

    /** May throw whatever it likes: that fails the test. */
    public interface Condition {
        boolean holds() throws Exception;
    }

    /**
     * Looks again and again until the condition holds.
     *
     * @throws AssertionError when it does not hold in time
     */
    public static void eventually(String what, Duration longest, Condition condition) throws Exception {
        long start = System.nanoTime();
        while (!condition.holds()) {
            if (System.nanoTime() - start > longest.toNanos()) {
                throw new AssertionError("not within " + longest.toSeconds() + " s: " + what);
            }
            LockSupport.parkNanos(GLANCE_NANOSECONDS);
        }
    }
}
