package dev.datapipeline.llm.replay;

import java.util.function.IntPredicate;

/**
 * Where answers stand: half of the key's digest, a file and an offset in 24 bytes. Two keys with the same half are as good as impossible,
 * and noticed when the answer is read. Not thread-safe.
 */
final class AnswerIndex {
    /** Says that there is no such answer. */
    static final long ABSENT = -1;

    private static final int OFFSET_BITS = 40;
    private static final long OFFSET_MASK = (1L << OFFSET_BITS) - 1;
    private static final int FIRST_SIZE = 64;

    /** Of each slot the two halves of the key, then the location; a slot is free where the location is 0. */
    private long[] slots = new long[3 * FIRST_SIZE];

    private int size;

    static long location(int file, long offset) {
        return (long) file << OFFSET_BITS | offset;
    }

    static int file(long location) {
        return (int) (location >>> OFFSET_BITS);
    }

    static long offset(long location) {
        return location & OFFSET_MASK;
    }

    /** @param location of a file whose number is not 0 */
    void put(AnswerKey key, long location) {
        if (2 * size >= slots.length / 3) {
            grow();
        }
        size += put(slots, key.high(), key.low(), location);
    }

    private static int put(long[] slots, long high, long low, long location) {
        int slot = slot(slots, high, low);
        boolean isNew = slots[slot + 2] == 0;
        slots[slot] = high;
        slots[slot + 1] = low;
        slots[slot + 2] = location;
        return isNew ? 1 : 0;
    }

    private static int slot(long[] slots, long high, long low) {
        int count = slots.length / 3;
        int slot = 3 * (int) (high & (count - 1));
        while (slots[slot + 2] != 0 && (slots[slot] != high || slots[slot + 1] != low)) {
            slot = slot + 3 == slots.length ? 0 : slot + 3;
        }
        return slot;
    }

    private void grow() {
        long[] larger = new long[2 * slots.length];
        for (int slot = 0; slot < slots.length; slot += 3) {
            if (slots[slot + 2] != 0) {
                put(larger, slots[slot], slots[slot + 1], slots[slot + 2]);
            }
        }
        slots = larger;
    }

    long get(AnswerKey key) {
        long location = slots[slot(slots, key.high(), key.low()) + 2];
        return location == 0 ? ABSENT : location;
    }

    /** Forgets the answers in files that are not kept. */
    void retain(IntPredicate isKept) {
        long[] old = slots;
        slots = new long[old.length];
        size = 0;
        for (int slot = 0; slot < old.length; slot += 3) {
            if (old[slot + 2] != 0 && isKept.test(file(old[slot + 2]))) {
                size += put(slots, old[slot], old[slot + 1], old[slot + 2]);
            }
        }
    }

    int size() {
        return size;
    }
}
