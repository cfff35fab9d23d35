package dev.datapipeline.sandbox;

import dev.datapipeline.time.Deadline;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;

/** Waiting for what another thread is about to do, with a bound. */
public final class Eventually {
    private Eventually() {}

    public interface Condition {
        boolean holds() throws Exception;
    }

    public static void eventually(String what, Condition condition) throws Exception {
        eventually(what, Duration.ofSeconds(20), condition);
    }

    public static void eventually(String what, Duration longest, Condition condition) throws Exception {
        Deadline deadline = Deadline.in(longest);
        while (!condition.holds()) {
            if (deadline.isOver()) {
                throw new AssertionError("not within " + longest.toSeconds() + " s: " + what);
            }
            LockSupport.parkNanos(2_000_000);
        }
    }
}
