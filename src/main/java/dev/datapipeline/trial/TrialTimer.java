package dev.datapipeline.trial;

import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.function.Supplier;

/** Ends a trial that takes too long. The time in which its calls wait for their turn comes on top, within a bound. Thread-safe. */
final class TrialTimer {
    /** Beyond it whoever tries waits in vain. */
    private static final Duration LONGEST_WAIT = Duration.ofMinutes(5);

    private final Vertx vertx;
    private final Supplier<Duration> waited;
    private final Runnable end;
    private Duration granted = Duration.ZERO;
    private long timer;
    private boolean isOver;

    /**
     * @param waited how long calls have waited up to now
     * @param end called when the time is up
     */
    TrialTimer(Vertx vertx, Duration limit, Supplier<Duration> waited, Runnable end) {
        this.vertx = vertx;
        this.waited = waited;
        this.end = end;
        this.timer = vertx.setTimer(limit.toMillis(), due -> check());
    }

    private synchronized void check() {
        if (isOver) {
            return;
        }
        Duration all = waited.get();
        Duration allowed = all.compareTo(LONGEST_WAIT) < 0 ? all : LONGEST_WAIT;
        Duration more = allowed.minus(granted);
        if (more.toMillis() > 0) {
            granted = allowed;
            timer = vertx.setTimer(more.toMillis(), due -> check());
            return;
        }
        isOver = true;
        end.run();
    }

    synchronized void cancel() {
        isOver = true;
        vertx.cancelTimer(timer);
    }
}
