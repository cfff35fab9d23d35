package dev.datapipeline.worker.dispatch;

import java.time.Duration;

/**
 * How many batches run at once, and for how long a batch keeps its slot while other runs wait.
 *
 * <p>The first turn of a batch is short. Each time a batch is preempted, its run rises one level, and turns of that level are ten times as
 * long: so every batch ends eventually, and only a small part of the work is done twice. Long batches share fewer slots than short ones, which
 * leaves slots to new runs.
 *
 * @param slots batches that run at once as long as they are short or nobody else waits
 * @param maxSlots batches that run at once when some of them are long; more than {@code slots}
 * @param turn of the lowest level
 */
record SlotRules(int slots, int maxSlots, Duration turn) {
    private static final long GROWTH = 10;
    /** Turns of this level practically never end. */
    private static final int HIGHEST_LEVEL = 9;

    /** How long a batch of the level cannot be preempted. */
    long turnNanos(int level) {
        long nanos = turn.toNanos();
        for (int step = 0; step < level; step++) {
            nanos = nanos > Long.MAX_VALUE / GROWTH ? Long.MAX_VALUE : nanos * GROWTH;
        }
        return nanos;
    }

    /** The level whose turn a batch of this age would need. */
    int levelOf(long ageNanos) {
        int level = 0;
        while (level < HIGHEST_LEVEL && ageNanos >= turnNanos(level)) {
            level++;
        }
        return level;
    }

    /** Slots that batches of this level and of higher ones share. */
    int slotsFrom(int level) {
        return level == 0 ? maxSlots : Math.max(slots, maxSlots - level);
    }
}
