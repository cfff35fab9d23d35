package dev.datapipeline.dataset.upload;

import dev.datapipeline.problem.ProblemException;
import dev.datapipeline.problem.ProblemType;
import java.time.Duration;
import java.util.function.LongSupplier;

/**
 * The rate below which an upload is rejected, since it holds a place that others need. It is low while places are free. While other uploads
 * are turned away, the rate is checked more often and grows fourfold each time, so that the slowest make room first. Thread-safe.
 */
final class MinimumRate {
    /** The upload rate of a household: whoever is faster keeps the place, however many wait. */
    private static final long HIGHEST = 256 * 1024;

    private static final int GROWTH = 4;
    private static final Duration WINDOW_WHEN_CROWDED = Duration.ofSeconds(10);
    private static final double NANOSECONDS = 1e9;

    private final long lowest;
    private final Duration window;
    private final LongSupplier nanoClock;
    private long current;
    private long raisedAt;
    private long turnedAwayAt;

    /** @param lowest bytes a second; 0 gives nobody up */
    MinimumRate(long lowest, Duration window) {
        this(lowest, window, System::nanoTime);
    }

    MinimumRate(long lowest, Duration window, LongSupplier nanoClock) {
        this.lowest = lowest;
        this.window = window;
        this.nanoClock = nanoClock;
        this.current = lowest;
    }

    /** Reports that an upload found no place. */
    synchronized void turnedAway() {
        long now = nanoClock.getAsLong();
        if (!isCrowded(now)) {
            current = lowest;
            raisedAt = now;
        } else if (now - raisedAt >= WINDOW_WHEN_CROWDED.toNanos()) {
            current = Math.min(current * GROWTH, Math.max(lowest, HIGHEST));
            raisedAt = now;
        }
        turnedAwayAt = now;
    }

    /** The time over which the rate is measured. */
    synchronized Duration window() {
        boolean isShorter = isCrowded(nanoClock.getAsLong()) && WINDOW_WHEN_CROWDED.compareTo(window) < 0;
        return isShorter ? WINDOW_WHEN_CROWDED : window;
    }

    synchronized long bytesPerSecond() {
        return isCrowded(nanoClock.getAsLong()) ? current : lowest;
    }

    /** @throws ProblemException UPLOAD_TOO_SLOW when so few bytes came in this time */
    void check(long received, Duration time) {
        long wanted = bytesPerSecond();
        if (received < wanted * (time.toNanos() / NANOSECONDS)) {
            throw new ProblemException(
                    ProblemType.UPLOAD_TOO_SLOW,
                    "The upload was slower than %d bytes a second for %d s. Send it again over a better connection."
                            .formatted(wanted, time.toSeconds()));
        }
    }

    /** Clients that were turned away retry after a few seconds, so recent rejections show that places are still scarce. */
    private boolean isCrowded(long now) {
        return turnedAwayAt != 0 && now - turnedAwayAt < 2 * WINDOW_WHEN_CROWDED.toNanos();
    }
}
