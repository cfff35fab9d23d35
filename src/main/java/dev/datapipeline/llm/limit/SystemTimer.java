package dev.datapipeline.llm.limit;

import java.time.Duration;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;

/** The clock of the system and one thread. */
public final class SystemTimer implements Timer, AutoCloseable {
    private static final Logger LOG = Logger.getLogger(SystemTimer.class);

    private final ScheduledThreadPoolExecutor thread;

    public SystemTimer() {
        thread = new ScheduledThreadPoolExecutor(1, Thread.ofPlatform().name("llm-timer").daemon().factory());
        thread.setRemoveOnCancelPolicy(true);
        thread.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
    }

    @Override
    public long nanoTime() {
        return System.nanoTime();
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
            LOG.error("a timed task of model calls failed", failed);
        }
    }

    @Override
    public void close() {
        thread.shutdown();
    }
}
