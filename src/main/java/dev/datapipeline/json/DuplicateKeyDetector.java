package dev.datapipeline.json;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Finds keys that occur twice in an object of a record that is in memory as a whole. Keys are compared by the text they stand for, however
 * it is escaped. {@link KeyDigests} does the same for bytes that arrive in pieces.
 *
 * <p>One hash table with linear probing serves all levels: the keys of the innermost object are always the last ones added and the first
 * ones removed, so removing them in reverse order leaves the table as it was before them.
 */
public final class DuplicateKeyDetector {
    /** Random, so that no upload can choose keys with the same slot. */
    private static final long SEED = ThreadLocalRandom.current().nextLong();

    private static final int EMPTY = 0;

    private long[] hashes = new long[64];
    private int[] starts = new int[64];
    private int[] ends = new int[64];
    private boolean[] escaped = new boolean[64];
    private int[] slots = new int[64];
    private int[] table = new int[128];
    private int size;

    /** The number of keys held; passed to {@link #close} when the object that opens now ends. */
    public int size() {
        return size;
    }

    /** Removes the keys of the innermost object, which opened at {@code mark}. */
    public void close(int mark) {
        while (size > mark) {
            size--;
            table[slots[size]] = EMPTY;
        }
    }

    /**
     * Adds a key of the innermost object.
     *
     * @param bytes with at least eight bytes after the key
     * @param base index in {@code bytes} from which {@code start} and {@code end} of this and all earlier keys count
     * @param mark the size when the innermost object opened
     * @return false when the object has that key already
     */
    public boolean add(byte[] bytes, int base, int start, int end, boolean isEscaped, int mark) {
        if (size == hashes.length) {
            grow();
        }
        hashes[size] = hash(bytes, base + start, base + end, isEscaped) ^ mark;
        starts[size] = start;
        ends[size] = end;
        escaped[size] = isEscaped;
        int slot = firstSlot(hashes[size]);
        for (; table[slot] != EMPTY; slot = (slot + 1) & (table.length - 1)) {
            int other = table[slot] - 1;
            if (other >= mark && hashes[other] == hashes[size] && isSame(bytes, base, other, size)) {
                return false;
            }
        }
        put(slot);
        return true;
    }

    private void put(int slot) {
        slots[size] = slot;
        size++;
        table[slot] = size;
    }

    private int firstSlot(long hash) {
        return (int) (hash ^ (hash >>> 32)) & (table.length - 1);
    }

    private static long hash(byte[] bytes, int from, int to, boolean isEscaped) {
        if (!isEscaped) {
            return SwarBytes.hash(bytes, from, to, SEED);
        }
        byte[] plain = JsonText.decode(bytes, from, to, true).getBytes(StandardCharsets.UTF_8);
        return SwarBytes.hash(Arrays.copyOf(plain, plain.length + Long.BYTES), 0, plain.length, SEED);
    }

    private boolean isSame(byte[] bytes, int base, int one, int other) {
        if (!escaped[one] && !escaped[other]) {
            return Arrays.equals(
                    bytes, base + starts[one], base + ends[one], bytes, base + starts[other], base + ends[other]);
        }
        return text(bytes, base, one).equals(text(bytes, base, other));
    }

    private String text(byte[] bytes, int base, int index) {
        return JsonText.decode(bytes, base + starts[index], base + ends[index], escaped[index]);
    }

    private void grow() {
        int capacity = 2 * hashes.length;
        hashes = Arrays.copyOf(hashes, capacity);
        starts = Arrays.copyOf(starts, capacity);
        ends = Arrays.copyOf(ends, capacity);
        escaped = Arrays.copyOf(escaped, capacity);
        slots = Arrays.copyOf(slots, capacity);
        table = new int[2 * capacity];
        int held = size;
        for (size = 0; size < held; ) {
            int slot = firstSlot(hashes[size]);
            while (table[slot] != EMPTY) {
                slot = (slot + 1) & (table.length - 1);
            }
            put(slot);
        }
    }
}
