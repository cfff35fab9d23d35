package dev.datapipeline.llm.limit;

import java.util.OptionalLong;

/**
 * How much a minute may be used: what the settings say and what the upstream announces, whichever is less, and less again after it has
 * refused. Where neither says anything, each refusal tells: what was used until then was too much.
 *
 * <p>A stated limit comes back by a part of it each minute. A guess comes back within seconds to nearly what was refused, stays about there
 * for two minutes, and then doubles each minute, since the upstream may have had another reason.
 */
final class LearntRate {
    private static final double RAISE_PER_MINUTE = 0.05;
    private static final double LEAST_PART = 1.0 / 64;
    private static final double LEAST_GUESS = 6;
    private static final double HALF = 0.5;

    /** Of the rate that was refused: so far it is believed to be possible. */
    private static final double POSSIBLE = 0.9;

    private static final double DOUBLES_IN_SECONDS = 10;
    private static final double CAREFUL_SECONDS = 120;
    private static final double MOST_DOUBLINGS = 20;
    private static final double SECONDS_PER_MINUTE = 60;
    private static final double NANOS_PER_SECOND = 1e9;

    private final double configured;
    private double announced = Double.POSITIVE_INFINITY;
    private double guessed = Double.POSITIVE_INFINITY;
    private double part = 1;
    private long raisedAt;
    private long refusedAt;

    LearntRate(OptionalLong configured, long now) {
        this.configured = configured.isPresent() ? configured.getAsLong() : Double.POSITIVE_INFINITY;
        this.raisedAt = now;
        this.refusedAt = now;
    }

    double perMinute(long now) {
        double stated = stated();
        if (!Double.isInfinite(stated)) {
            part = Math.min(1, part + seconds(raisedAt, now) / SECONDS_PER_MINUTE * RAISE_PER_MINUTE);
            raisedAt = now;
            return stated * part;
        }
        if (Double.isInfinite(guessed)) {
            return guessed;
        }
        part = raisedGuess(now);
        raisedAt = now;
        return guessed * part;
    }

    private double raisedGuess(long now) {
        double left = seconds(raisedAt, now);
        double raised = part;
        if (raised < POSSIBLE) {
            double needed = DOUBLES_IN_SECONDS * Math.log(POSSIBLE / raised) / Math.log(2);
            double used = Math.min(left, needed);
            raised *= Math.pow(2, used / DOUBLES_IN_SECONDS);
            left -= used;
        }
        double bold = Math.clamp(seconds(refusedAt, now) - CAREFUL_SECONDS, 0, left);
        raised += (left - bold) / SECONDS_PER_MINUTE * RAISE_PER_MINUTE;
        return Math.min(raised * Math.pow(2, bold / SECONDS_PER_MINUTE), Math.pow(2, MOST_DOUBLINGS));
    }

    private static double seconds(long from, long to) {
        return (to - from) / NANOS_PER_SECOND;
    }

    void announced(double perMinute) {
        announced = perMinute;
    }

    boolean isStated() {
        return !Double.isInfinite(stated());
    }

    private double stated() {
        return Math.min(configured, announced);
    }

    /** Takes what was used for the limit, where nothing else is known and no less was allowed. */
    void guess(double usedPerMinute, long now) {
        guessed = Math.min(perMinute(now), Math.max(LEAST_GUESS, usedPerMinute));
        part = 1;
    }

    /** @param acceptedPerMinute what the upstream has accepted: no less is allowed from now on than that, or half */
    void refused(double acceptedPerMinute, long now) {
        double rate = perMinute(now);
        double accepted = Double.isInfinite(rate) ? 0 : part * Math.min(1, acceptedPerMinute / rate);
        part = Math.max(LEAST_PART, Math.max(part * HALF, accepted));
        raisedAt = now;
        refusedAt = now;
    }
}
