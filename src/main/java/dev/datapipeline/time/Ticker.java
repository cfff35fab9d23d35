package dev.datapipeline.time;

import java.time.Duration;

/** A source of elapsed time, and of the waits that end with it. Thread-safe. */
public interface Ticker {
    /** Nanoseconds since an arbitrary moment; only differences between two calls mean something. Never goes back. */
    long nanoTime();

    void sleep(Duration duration) throws InterruptedException;

    /** Waits until {@code monitor}, which the caller holds, is notified, or until the deadline. May return early. */
    void await(Object monitor, Deadline deadline) throws InterruptedException;

    default Deadline deadlineIn(Duration duration) {
        return new Deadline(this, nanoTime() + duration.toNanos());
    }

    /** The clock of this machine, for code that waits for other processes and for beans that the container does not make. */
    static Ticker system() {
        return new SystemTicker();
    }
}
