package dev.datapipeline.time;

import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** The monotonic clock of this machine, which nobody can set. */
@Singleton
final class SystemTicker implements Ticker {
    @Override
    public long nanoTime() {
        return System.nanoTime();
    }

    @Override
    public void sleep(Duration duration) throws InterruptedException {
        Thread.sleep(duration);
    }

    @Override
    public void await(Object monitor, Deadline deadline) throws InterruptedException {
        // At least one millisecond: a wait of zero would never end.
        TimeUnit.MILLISECONDS.timedWait(monitor, Math.max(1, deadline.left().toMillis()));
    }
}
