package dev.datapipeline.time;

import java.time.Duration;

/** A source of elapsed time, and of the waits that end with it. Thread-safe. */
public interface Ticker {
    /** Nanoseconds since an arbitrary moment; only differences between two calls mean something. Never goes back. */
    long nanoTime();

    void sleep(Duration duration) throws InterruptedException;

    /**
     * Waits until another thread notifies {@code monitor}, or until the deadline. May return early, so callers check their condition in a
     * loop, as for {@link Object#wait()}.
     *
     * @param monitor held by the calling thread
     */
    void await(Object monitor, Deadline deadline) throws InterruptedException;

    default Deadline deadlineIn(Duration duration) {
        return new Deadline(this, nanoTime() + duration.toNanos());
    }

    /** The clock of this machine, for code that waits for other processes and for beans that the container does not make. */
    static Ticker system() {
        return new SystemTicker();
    }
}
