package dev.datapipeline.outbound;

import dev.datapipeline.time.Ticker;
import java.time.Duration;

/**
 * The time in which at least one call of a sandbox has waited for its turn. It is nobody's fault there, so limits on what scripts take do not
 * count it. Thread-safe.
 */
public final class WaitingTime {
    private final Ticker ticker;
    private int waiting;
    private long began;
    private long ended;

    public WaitingTime(Ticker ticker) {
        this.ticker = ticker;
    }

    /** A call waits from now on. */
    synchronized void begin() {
        if (waiting == 0) {
            began = ticker.nanoTime();
        }
        waiting++;
    }

    /** A call waits no longer. */
    synchronized void end() {
        waiting--;
        if (waiting == 0) {
            ended += ticker.nanoTime() - began;
        }
    }

    /** All of it up to now. */
    public synchronized Duration total() {
        return Duration.ofNanos(waiting == 0 ? ended : ended + ticker.nanoTime() - began);
    }
}
