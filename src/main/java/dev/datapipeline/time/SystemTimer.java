package dev.datapipeline.time;

import java.time.Duration;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;

/** Timed tasks on one thread of their own. */
public final class SystemTimer implements Timer, AutoCloseable {
    private static final Logger LOG = Logger.getLogger(SystemTimer.class);

    private final Ticker ticker;
    private final ScheduledThreadPoolExecutor thread;

    public SystemTimer(Ticker ticker) {
        this.ticker = ticker;
        thread = new ScheduledThreadPoolExecutor(
                1, Thread.ofPlatform().name("timer").daemon().factory());
        thread.setRemoveOnCancelPolicy(true);
        thread.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
    }

    @Override
    public long nanoTime() {
        return ticker.nanoTime();
    }

    @Override
    public Alarm after(Duration delay, Runnable task) {
        ScheduledFuture<?> scheduled =
                thread.schedule(() -> runLogged(task), Math.max(0, delay.toNanos()), TimeUnit.NANOSECONDS);
        return () -> scheduled.cancel(false);
    }

    /** A failure would vanish in a future that nobody looks at. */
    private static void runLogged(Runnable task) {
        try {
            task.run();
        } catch (RuntimeException failed) {
            LOG.error("a timed task failed", failed);
        }
    }

    @Override
    public void close() {
        thread.shutdown();
    }
}
