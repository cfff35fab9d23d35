package dev.datapipeline.json;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Finds keys that occur twice in an object whose bytes arrive in pieces. Since the bytes of earlier keys are gone, it keeps a digest of each
 * key in the objects that are still open. {@link DuplicateKeyDetector} compares the bytes themselves, for readers that hold a whole record.
 *
 * <p>Keys are equal when they stand for the same text, however it is escaped. A digest has 64 bits and a secret seed, so that nobody can
 * choose two keys with the same digest, and chance does so in less than one of 10^9 objects of 100,000 keys.
 */
final class KeyDigests {
    /** Kept between values; a larger array is dropped after its value. */
    private static final int INITIAL_CAPACITY = 1024;

    /** Up to this number of keys, each is compared with each. */
    private static final int MAX_PAIRWISE = 8;

    private final long seed = ThreadLocalRandom.current().nextLong();
    private final ByteArrayOutputStream plain = new ByteArrayOutputStream();
    private long[] digests = new long[INITIAL_CAPACITY];
    private int size;

    void clear() {
        size = 0;
        if (digests.length > INITIAL_CAPACITY) {
            digests = new long[INITIAL_CAPACITY];
        }
    }

    /** To be passed to {@link #close} when the object that opens now ends. */
    int size() {
        return size;
    }

    /** Adds a key of the innermost object: valid JSON, without its quotes. */
    void add(ByteBuffer bytes, int from, int to, boolean isEscaped) {
        add(isEscaped ? digestOfText(bytes, from, to) : digest(bytes, from, to));
    }

    /** @param digest of a key, as {@link #last} has told it */
    void add(long digest) {
        if (size == digests.length) {
            digests = Arrays.copyOf(digests, 2 * size);
        }
        digests[size++] = digest;
    }

    /** Digest of the key that was added last. */
    long last() {
        return digests[size - 1];
    }

    /** Ends the innermost object; returns false when a key occurs twice in it. */
    boolean close(int mark) {
        boolean differ = size - mark <= MAX_PAIRWISE ? differPairwise(mark) : differSorted(mark);
        size = mark;
        return differ;
    }

    private boolean differPairwise(int mark) {
        for (int one = mark; one < size; one++) {
            for (int other = one + 1; other < size; other++) {
                if (digests[one] == digests[other]) {
                    return false;
                }
            }
        }
        return true;
    }

    private boolean differSorted(int mark) {
        Arrays.sort(digests, mark, size);
        for (int i = mark + 1; i < size; i++) {
            if (digests[i] == digests[i - 1]) {
                return false;
            }
        }
        return true;
    }

    private long digest(ByteBuffer bytes, int from, int to) {
        // The length is mixed in first: added as a plain number, it could cancel out bytes.
        long digest = mix(seed ^ (to - from));
        int at = from;
        for (; at <= to - Long.BYTES; at += Long.BYTES) {
            digest = mix(digest ^ bytes.getLong(at));
        }
        long rest = 0;
        for (; at < to; at++) {
            rest = rest << Byte.SIZE | bytes.get(at) & 0xFF;
        }
        return mix(digest ^ rest);
    }

    private long mix(long word) {
        long factor = seed | 1;
        return Math.multiplyHigh(word, factor) ^ word * factor;
    }

    /** The same digest for a key with escapes as for one without. */
    private long digestOfText(ByteBuffer bytes, int from, int to) {
        byte[] escaped = new byte[to - from];
        bytes.get(from, escaped);
        String text = JsonText.decode(escaped, 0, escaped.length, true);
        plain.reset();
        text.codePoints().forEach(this::append);
        return digest(ByteBuffer.wrap(plain.toByteArray()), 0, plain.size());
    }

    /** Half of a surrogate pair has no UTF-8; it gets three bytes that no valid text contains. */
    private void append(int codePoint) {
        if (codePoint >= Character.MIN_SURROGATE && codePoint <= Character.MAX_SURROGATE) {
            plain.write(0xE0 | codePoint >> 12);
            plain.write(0x80 | codePoint >> 6 & 0x3F);
            plain.write(0x80 | codePoint & 0x3F);
            return;
        }
        plain.writeBytes(Character.toString(codePoint).getBytes(UTF_8));
    }
}
