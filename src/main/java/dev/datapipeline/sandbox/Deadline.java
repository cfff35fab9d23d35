package dev.datapipeline.sandbox;

import java.time.Duration;

/** A moment by the monotonic clock, which no one can set. */
record Deadline(long nanoTime) {
    static Deadline in(Duration duration) {
        return new Deadline(System.nanoTime() + duration.toNanos());
    }

    boolean isOver() {
        return nanoTime - System.nanoTime() <= 0;
    }

    /** Zero when over. */
    Duration left() {
        return Duration.ofNanos(Math.max(0, nanoTime - System.nanoTime()));
    }

    static Deadline earlier(Deadline one, Deadline other) {
        return one.nanoTime - other.nanoTime < 0 ? one : other;
    }
}
