package dev.datapipeline.json;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Digests of the names in all objects that are still open, to find a name that stands twice in one. Names are the same when they mean the
 * same text, however it is escaped. A digest has 64 bits and a secret seed: two names of one object meet by accident in less than one of
 * a thousand million objects of 100,000 names, and on purpose never.
 */
final class OpenObjects {
    /** Kept from value to value; what a larger object needed is let go. */
    private static final int USUAL = 1024;

    /** Up to so many names, each is compared with each. */
    private static final int FEW = 8;

    private final long seed = ThreadLocalRandom.current().nextLong();
    private final ByteArrayOutputStream plain = new ByteArrayOutputStream();
    private long[] digests = new long[USUAL];
    private int size;

    void clear() {
        size = 0;
        if (digests.length > USUAL) {
            digests = new long[USUAL];
        }
    }

    /** To be given back to {@link #close} when the object that opens now ends. */
    int size() {
        return size;
    }

    /** Takes in a name of the innermost object: valid JSON between its quotes. */
    void add(ByteBuffer bytes, int from, int to, boolean isEscaped) {
        if (size == digests.length) {
            digests = Arrays.copyOf(digests, 2 * size);
        }
        digests[size++] = isEscaped ? digestOfMeaning(bytes, from, to) : digest(bytes, from, to);
    }

    /** Ends the innermost object; false when a name stands twice in it. */
    boolean close(int mark) {
        boolean areDifferent = size - mark <= FEW ? areFewDifferent(mark) : areManyDifferent(mark);
        size = mark;
        return areDifferent;
    }

    private boolean areFewDifferent(int mark) {
        for (int one = mark; one < size; one++) {
            for (int other = one + 1; other < size; other++) {
                if (digests[one] == digests[other]) {
                    return false;
                }
            }
        }
        return true;
    }

    private boolean areManyDifferent(int mark) {
        Arrays.sort(digests, mark, size);
        for (int i = mark + 1; i < size; i++) {
            if (digests[i] == digests[i - 1]) {
                return false;
            }
        }
        return true;
    }

    private long digest(ByteBuffer bytes, int from, int to) {
        // Mixed before the bytes come in: as plain numbers, length and bytes could make up for each other.
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

    /** The same digest for a name with escapes as for one without. */
    private long digestOfMeaning(ByteBuffer bytes, int from, int to) {
        byte[] escaped = new byte[to - from];
        bytes.get(from, escaped);
        String text = JsonEscapes.decode(new String(escaped, UTF_8));
        plain.reset();
        text.codePoints().forEach(this::append);
        return digest(ByteBuffer.wrap(plain.toByteArray()), 0, plain.size());
    }

    /** Half of a surrogate pair, which has no UTF-8, gets the three bytes that no text has. */
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
