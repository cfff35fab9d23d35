package dev.datapipeline.json;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/** Eight bytes at a time. */
public final class SwarBytes {
    private static final VarHandle WORDS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final long ONES = 0x0101010101010101L;
    private static final long HIGH_BITS = 0x8080808080808080L;
    private static final long QUOTES = '"' * ONES;
    private static final long BACKSLASHES = '\\' * ONES;
    private static final long SPACES = ' ' * ONES;

    private SwarBytes() {}

    /** The first index from {@code at} whose byte is a quote, a backslash, a control character or not ASCII; there must be one. */
    public static int plainTextEnd(byte[] bytes, int at) {
        int index = at;
        while (true) {
            long special = special((long) WORDS.get(bytes, index));
            if (special != 0) {
                return index + (Long.numberOfTrailingZeros(special) >>> 3);
            }
            index += Long.BYTES;
        }
    }

    /** The first index from {@code from} and before {@code to} with this byte, -1 where there is none. */
    public static int indexOf(byte wanted, byte[] bytes, int from, int to) {
        long wantedBytes = (wanted & 0xFF) * ONES;
        int index = from;
        for (; index + Long.BYTES <= to; index += Long.BYTES) {
            long found = zeros((long) WORDS.get(bytes, index) ^ wantedBytes);
            if (found != 0) {
                return index + (Long.numberOfTrailingZeros(found) >>> 3);
            }
        }
        while (index < to && bytes[index] != wanted) {
            index++;
        }
        return index < to ? index : -1;
    }

    /** Marks the high bit of bytes that are zero; exact for the lowest one. */
    private static long zeros(long word) {
        return (word - ONES) & ~word & HIGH_BITS;
    }

    /** How many bytes from {@code at} on are ASCII that means itself in a JSON string, and not {@code stop}; another one must follow. */
    public static int plainTextLength(byte[] bytes, int at, int stop) {
        int index = at;
        while (isPlainText(bytes[index]) && bytes[index] != stop) {
            index++;
        }
        return index - at;
    }

    /** Whether the byte is a character that means itself in a JSON string, and ASCII. */
    static boolean isPlainText(byte value) {
        return value >= ' ' && value != '"' && value != '\\';
    }

    /**
     * Marks the high bit of bytes that end plain text. A borrow can mark a byte wrongly, but only above one marked rightly: the lowest
     * mark is exact.
     */
    private static long special(long word) {
        long quote = word ^ QUOTES;
        long backslash = word ^ BACKSLASHES;
        return (((word - SPACES) & ~word) | ((quote - ONES) & ~quote) | ((backslash - ONES) & ~backslash) | word)
                & HIGH_BITS;
    }

    /** A hash that cannot be steered without knowing {@code seed}; reads up to seven bytes past {@code to}. */
    static long hash(byte[] bytes, int from, int to, long seed) {
        long hash = seed ^ (to - from);
        int at = from;
        for (; at + Long.BYTES <= to; at += Long.BYTES) {
            hash = mix(hash ^ (long) WORDS.get(bytes, at), seed);
        }
        if (at < to) {
            long keep = -1L >>> (Long.SIZE - Byte.SIZE * (to - at));
            hash = mix(hash ^ ((long) WORDS.get(bytes, at) & keep), seed);
        }
        return hash;
    }

    private static long mix(long word, long seed) {
        long factor = seed | 1;
        return Math.multiplyHigh(word, factor) ^ (word * factor);
    }
}
