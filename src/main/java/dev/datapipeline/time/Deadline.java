package dev.datapipeline.time;

import java.time.Duration;

/** A moment by the monotonic clock, which no one can set. */
public record Deadline(long nanoTime) {
    public static Deadline in(Duration duration) {
        return new Deadline(System.nanoTime() + duration.toNanos());
    }

    public boolean isOver() {
        return nanoTime - System.nanoTime() <= 0;
    }

    /** Zero when over. */
    public Duration left() {
        return Duration.ofNanos(Math.max(0, nanoTime - System.nanoTime()));
    }

    public static Deadline earlier(Deadline one, Deadline other) {
        return one.nanoTime - other.nanoTime < 0 ? one : other;
    }
}
