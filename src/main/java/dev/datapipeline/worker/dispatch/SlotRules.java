package dev.datapipeline.worker.dispatch;

import java.time.Duration;

/**
 * How many batches run at once, and for how long a batch keeps its slot while other runs wait.
 *
 * <p>The turn of a batch is at first short. Each time a batch is given back because its turn was over, its run rises one level, and the
 * turns of that level are ten times as long: so every batch ends at last, and what is done in vain is a small part of the whole. Long
 * batches share fewer slots than short ones, which leaves slots to runs that have only just come.
 *
 * @param slots batches that run at once as long as they are short or nobody else waits
 * @param maxSlots batches at once when long ones keep others from their slots; more than {@code slots}
 * @param turn of the lowest level
 */
record SlotRules(int slots, int maxSlots, Duration turn) {
    private static final long GROWTH = 10;
    /** Turns of this level last for ever, as far as anybody can wait. */
    private static final int HIGHEST_LEVEL = 9;

    /** How long a batch of the level keeps its slot for certain. */
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
