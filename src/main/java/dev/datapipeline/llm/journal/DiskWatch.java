package dev.datapipeline.llm.journal;

import dev.datapipeline.time.Ticker;
import java.time.Duration;

/**
 * Notices a disk that stalls, so that threads which must not wait leave writing to another one. The write that notices it has waited; a stall
 * that a force meets first holds up nobody. Thread-safe.
 */
final class DiskWatch {
    /** A write goes to the page cache, in microseconds. */
    private static final long SLOW_WRITE = Duration.ofMillis(10).toNanos();

    /** A force may well take some rotations of a disk; writes do not wait for it then. */
    private static final long SLOW_FORCE = Duration.ofMillis(100).toNanos();

    private static final long AVOIDED = Duration.ofSeconds(1).toNanos();

    private final Ticker ticker;
    private volatile long slowUntil;
    private volatile boolean isForcing;
    private volatile long forceBegan;

    DiskWatch(Ticker ticker) {
        this.ticker = ticker;
        this.slowUntil = ticker.nanoTime();
    }

    long now() {
        return ticker.nanoTime();
    }

    void wrote(long began) {
        long now = now();
        if (now - began > SLOW_WRITE) {
            slowUntil = now + AVOIDED;
        }
    }

    /** By one thread at a time. */
    void forceBegins() {
        forceBegan = now();
        isForcing = true;
    }

    void forceEnded() {
        isForcing = false;
    }

    boolean isSlow() {
        long now = now();
        return slowUntil - now > 0 || isForcing && now - forceBegan > SLOW_FORCE;
    }
}
