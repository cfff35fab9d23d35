package dev.datapipeline.time;

import java.time.Duration;

/** Monotonic time, and tasks for later. */
public interface Timer {
    /** As {@link Ticker#nanoTime()}. */
    long nanoTime();

    /** Runs a short task that does not block, once. */
    Alarm after(Duration delay, Runnable task);

    /** A task that waits for its time. */
    interface Alarm {
        /** The task does not run any more, unless it has begun. */
        void cancel();
    }
}
