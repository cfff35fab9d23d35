package dev.datapipeline.json;

import java.util.Arrays;

/**
 * Where the members of JSON objects lie that {@link JsonValidator} has validated one after the other, counted from the first byte of the
 * first. Only members of the outermost level count, and of each object the first {@value #MAX_MEMBERS}. Not thread-safe.
 */
public final class JsonMembers {
    /** Of one object. */
    static final int MAX_MEMBERS = 4096;

    private static final int NONE = -1;
    private static final int INITIAL_CAPACITY = 64;
    /** Kept between uses; larger arrays are dropped. */
    private static final int MOST_KEPT = 16 * 1024;

    private int[] begins = new int[INITIAL_CAPACITY];
    private int[] ends = new int[INITIAL_CAPACITY];
    private int[] texts = new int[INITIAL_CAPACITY];
    private long[] digests = new long[INITIAL_CAPACITY];
    private int size;
    private int sizeBefore;
    private int position;
    private int begin = NONE;
    private int text;
    private long digest;

    public void clear() {
        size = 0;
        sizeBefore = 0;
        position = 0;
        begin = NONE;
        if (begins.length > MOST_KEPT) {
            allocate(INITIAL_CAPACITY);
        }
    }

    /** Bytes validated or skipped so far. */
    public int position() {
        return position;
    }

    /** Passes bytes that are no part of an object. */
    public void skip(int bytes) {
        position += bytes;
    }

    /** Number of the member that begins there, or a negative number. */
    public int beginningAt(int offset) {
        return Arrays.binarySearch(begins, 0, size, offset);
    }

    /**
     * Number of the member that ends there, if all members from {@code first} up to it stand side by side with nothing but a comma in
     * between; or a negative number.
     */
    public int lastBefore(int first, long offset) {
        int last = first;
        while (ends[last] < offset && last + 1 < size && begins[last + 1] == ends[last] + 1) {
            last++;
        }
        return ends[last] == offset ? last : NONE;
    }

    /** Whether from there to there is the value of one member, and that value is a text. */
    public boolean isText(int from, long to) {
        int member = beginningAt(from);
        member = member >= 0 ? NONE : -member - 2;
        return member >= 0 && texts[member] == from && ends[member] == to;
    }

    long digest(int member) {
        return digests[member];
    }

    void beginObject() {
        sizeBefore = size;
        begin = NONE;
    }

    void beginMember(int offset) {
        begin = offset;
        text = NONE;
    }

    void nameMember(long nameDigest) {
        digest = nameDigest;
    }

    /** A text begins, or goes on after a character that is no plain one. */
    void beginText(int offset) {
        if (text == NONE) {
            text = offset;
        }
    }

    /** The bytes of the current member are not all here. */
    void leaveOutMember() {
        begin = NONE;
    }

    void endMember(int offset) {
        if (begin == NONE || size - sizeBefore == MAX_MEMBERS) {
            begin = NONE;
            return;
        }
        if (size == begins.length) {
            allocate(2 * size);
        }
        begins[size] = begin;
        ends[size] = offset;
        texts[size] = text;
        digests[size] = digest;
        size++;
        begin = NONE;
    }

    private void allocate(int capacity) {
        begins = Arrays.copyOf(begins, capacity);
        ends = Arrays.copyOf(ends, capacity);
        texts = Arrays.copyOf(texts, capacity);
        digests = Arrays.copyOf(digests, capacity);
    }
}
