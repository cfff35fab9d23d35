package dev.datapipeline.llm.limit;

import java.util.OptionalLong;

/**
 * How much a minute may be used: what the settings say and what the upstream announces, whichever is less, and less again after it has
 * refused. Where neither says anything, the first refusal tells: what was used in the minute before it was too much.
 */
final class LearntRate {
    private static final double RAISE_PER_MINUTE = 0.05;
    private static final double LEAST_PART = 1.0 / 64;
    private static final double LEAST_GUESS = 60;
    private static final double NANOS_PER_MINUTE = 60e9;

    private final double configured;
    private double announced = Double.POSITIVE_INFINITY;
    private double guessed = Double.POSITIVE_INFINITY;
    private double part = 1;
    private long raisedAt;

    LearntRate(OptionalLong configured, long now) {
        this.configured = configured.isPresent() ? configured.getAsLong() : Double.POSITIVE_INFINITY;
        this.raisedAt = now;
    }

    double perMinute(long now) {
        double stated = Math.min(configured, announced);
        double base = Double.isInfinite(stated) ? guessed : stated;
        if (Double.isInfinite(base)) {
            return base;
        }
        double raised = part + (now - raisedAt) / NANOS_PER_MINUTE * RAISE_PER_MINUTE;
        // A guess may be exceeded step by step until the upstream refuses again; what is stated may not.
        part = Double.isInfinite(stated) ? raised : Math.min(1, raised);
        raisedAt = now;
        return base * part;
    }

    void announced(double perMinute) {
        announced = perMinute;
    }

    boolean isStated() {
        return !Double.isInfinite(Math.min(configured, announced));
    }

    /** Takes what was used in the minute before for the limit, where nothing else is known. */
    void guess(long used) {
        if (Double.isInfinite(guessed)) {
            guessed = Math.max(LEAST_GUESS, used);
        }
    }

    void refused(long now) {
        perMinute(now);
        part = Math.max(LEAST_PART, part / 2);
        raisedAt = now;
    }
}
