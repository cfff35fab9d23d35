package dev.datapipeline.dataset.upload;

import dev.datapipeline.problem.ProblemException;
import dev.datapipeline.problem.ProblemType;
import java.time.Duration;
import java.util.function.LongSupplier;

/**
 * The rate below which an upload is given up, since it holds the place of another. It is low while there are places for everybody. While others
 * are turned away it is looked at more often and grows fourfold each time, so that the slowest make room first. Thread-safe.
 */
final class MinimumRate {
    /** Of the link of a household: whoever is faster keeps the place, however many wait. */
    private static final long HIGHEST = 256 * 1024;

    private static final int GROWTH = 4;
    private static final Duration PATIENCE_WHEN_CROWDED = Duration.ofSeconds(10);
    private static final double NANOSECONDS = 1e9;

    private final long lowest;
    private final Duration patience;
    private final LongSupplier nanoClock;
    private long current;
    private long raisedAt;
    private long turnedAwayAt;

    /** @param lowest bytes a second; 0 gives nobody up */
    MinimumRate(long lowest, Duration patience) {
        this(lowest, patience, System::nanoTime);
    }

    MinimumRate(long lowest, Duration patience, LongSupplier nanoClock) {
        this.lowest = lowest;
        this.patience = patience;
        this.nanoClock = nanoClock;
        this.current = lowest;
    }

    /** Somebody found no place. */
    synchronized void turnedAway() {
        long now = nanoClock.getAsLong();
        if (!isCrowded(now)) {
            current = lowest;
            raisedAt = now;
        } else if (now - raisedAt >= PATIENCE_WHEN_CROWDED.toNanos()) {
            current = Math.min(current * GROWTH, Math.max(lowest, HIGHEST));
            raisedAt = now;
        }
        turnedAwayAt = now;
    }

    /** How long an upload may be too slow. */
    synchronized Duration patience() {
        boolean isShorter = isCrowded(nanoClock.getAsLong()) && PATIENCE_WHEN_CROWDED.compareTo(patience) < 0;
        return isShorter ? PATIENCE_WHEN_CROWDED : patience;
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
                    "Less than %d bytes a second came for %d s. Send the upload again over a better connection."
                            .formatted(wanted, time.toSeconds()));
        }
    }

    /** Whoever is turned away comes again after a few seconds, so those who want a place are heard of all the time. */
    private boolean isCrowded(long now) {
        return turnedAwayAt != 0 && now - turnedAwayAt < 2 * PATIENCE_WHEN_CROWDED.toNanos();
    }
}
