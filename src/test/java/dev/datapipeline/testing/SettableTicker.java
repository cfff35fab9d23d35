package dev.datapipeline.testing;

import dev.datapipeline.time.Deadline;
import dev.datapipeline.time.Ticker;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A clock that stands still until a test advances it. A thread that sleeps advances it by itself. Thread-safe. */
public final class SettableTicker implements Ticker {
    private final List<Object> awaited = new ArrayList<>();
    private long nanoTime;

    @Override
    public synchronized long nanoTime() {
        return nanoTime;
    }

    /** Moves the clock forward and wakes every thread that waits for a deadline. */
    public void advance(Duration duration) {
        for (Object monitor : move(duration)) {
            synchronized (monitor) {
                monitor.notifyAll();
            }
        }
    }

    private synchronized List<Object> move(Duration duration) {
        nanoTime += duration.toNanos();
        return List.copyOf(awaited);
    }

    @Override
    public void sleep(Duration duration) {
        advance(duration);
    }

    @Override
    public void await(Object monitor, Deadline deadline) throws InterruptedException {
        // Registered before the deadline is checked: an advance after the check finds the monitor and wakes this
        // thread.
        add(monitor);
        try {
            if (!deadline.isOver()) {
                TimeUnit.DAYS.timedWait(monitor, 1);
            }
        } finally {
            remove(monitor);
        }
    }

    private synchronized void add(Object monitor) {
        awaited.add(monitor);
    }

    private synchronized void remove(Object monitor) {
        for (int place = 0; place < awaited.size(); place++) {
            if (awaited.get(place) == monitor) {
                awaited.remove(place);
                return;
            }
        }
    }
}
