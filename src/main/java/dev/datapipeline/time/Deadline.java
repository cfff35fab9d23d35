package dev.datapipeline.time;

import java.time.Duration;

/** @param nanoTime the moment in the time of {@code ticker} */
public record Deadline(Ticker ticker, long nanoTime) {
    public boolean isOver() {
        return nanoTime - ticker.nanoTime() <= 0;
    }

    /** Zero when over. */
    public Duration left() {
        return Duration.ofNanos(Math.max(0, nanoTime - ticker.nanoTime()));
    }

    /** The earlier of two deadlines of one ticker. */
    public static Deadline earlier(Deadline one, Deadline other) {
        return one.nanoTime - other.nanoTime < 0 ? one : other;
    }
}
