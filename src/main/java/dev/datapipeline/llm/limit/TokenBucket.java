package dev.datapipeline.llm.limit;

/**
 * An amount that refills continuously. Taking more than it can hold is allowed when it is full, and leaves a debt. Holds little, a
 * hundredth of a minute, so that no window of a minute sees more than the limit. Without a limit it is never empty.
 */
final class TokenBucket {
    private static final double PART_HELD = 0.01;
    /** Keeps a margin below the limit for requests that bunch up on their way. */
    private static final double PART_USED = 0.995;

    private static final double NANOS_PER_MINUTE = 60e9;
    private static final double ROUNDING = 1e-6;

    private double perNano = Double.POSITIVE_INFINITY;
    private double capacity = Double.POSITIVE_INFINITY;
    private double level = Double.POSITIVE_INFINITY;
    private long refilledAt;

    TokenBucket(long now) {
        refilledAt = now;
    }

    /** @param perMinute infinite where there is no limit */
    void limit(double perMinute, long now) {
        refill(now);
        if (Double.isInfinite(perMinute)) {
            capacity = Double.POSITIVE_INFINITY;
            perNano = Double.POSITIVE_INFINITY;
            level = Double.POSITIVE_INFINITY;
            return;
        }
        capacity = Math.max(1, perMinute * PART_HELD);
        perNano = Math.min(perMinute * PART_USED, perMinute + 1 - capacity) / NANOS_PER_MINUTE;
        level = Math.min(level, capacity);
    }

    private void refill(long now) {
        if (now > refilledAt && !Double.isInfinite(level)) {
            level = Math.min(capacity, level + (now - refilledAt) * perNano);
        }
        refilledAt = Math.max(refilledAt, now);
    }

    /** Nanoseconds until so much can be taken; 0 when it can be now. */
    long waitFor(double amount, long now) {
        refill(now);
        double missing = Math.min(amount, capacity) - level;
        return missing <= ROUNDING ? 0 : (long) Math.ceil(missing / perNano) + 1;
    }

    void take(double amount, long now) {
        refill(now);
        level -= amount;
    }

    void giveBack(double amount, long now) {
        refill(now);
        level = Math.min(capacity, level + amount);
    }

    /** The upstream has less left than is held here. */
    void holdAtMost(double remaining, long now) {
        refill(now);
        level = Math.min(level, remaining);
    }
}
