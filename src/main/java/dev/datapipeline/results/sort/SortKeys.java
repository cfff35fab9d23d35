package dev.datapipeline.results.sort;

import java.util.Arrays;
import java.util.stream.IntStream;

/** The keys of records in the order in which they were added, close together in memory. Not thread-safe. */
final class SortKeys {
    private static final int FIRST_RECORDS = 1_024;

    private long[] indexes = new long[FIRST_RECORDS];
    private int[] ends = new int[FIRST_RECORDS];
    private byte[] bytes = new byte[16 * FIRST_RECORDS];
    private int count;

    void add(long index, byte[] key) {
        if (count == indexes.length) {
            indexes = Arrays.copyOf(indexes, 2 * count);
            ends = Arrays.copyOf(ends, 2 * count);
        }
        int start = start(count);
        if (start + key.length > bytes.length) {
            bytes = Arrays.copyOf(bytes, 2 * bytes.length);
        }
        System.arraycopy(key, 0, bytes, start, key.length);
        indexes[count] = index;
        ends[count] = start + key.length;
        count++;
    }

    int count() {
        return count;
    }

    /** Indexes of the records in the order of their keys; those with equal keys stay in the order in which they were added. */
    long[] sorted(boolean isDescending) {
        return IntStream.range(0, count)
                .boxed()
                .sorted(isDescending ? this::compareDown : this::compare)
                .mapToLong(place -> indexes[place])
                .toArray();
    }

    private int compareDown(int one, int other) {
        boolean isOneLast = SortKey.isLast(bytes[start(one)]);
        boolean isOtherLast = SortKey.isLast(bytes[start(other)]);
        if (isOneLast || isOtherLast) {
            return compare(one, other);
        }
        return -compare(one, other);
    }

    private int compare(int one, int other) {
        return Arrays.compareUnsigned(bytes, start(one), ends[one], bytes, start(other), ends[other]);
    }

    private int start(int place) {
        return place == 0 ? 0 : ends[place - 1];
    }
}
