package dev.datapipeline.json;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

public final class JsonLines {
    private static final long ONES = 0x0101010101010101L;
    private static final long HIGH_BITS = 0x8080808080808080L;
    private static final long LINE_FEEDS = ONES * '\n';

    private JsonLines() {}

    /** Number of line feeds between position and limit of a big endian buffer. */
    public static int count(ByteBuffer bytes) {
        if (bytes.order() != ByteOrder.BIG_ENDIAN) {
            throw new IllegalArgumentException("a buffer in the byte order of this machine");
        }
        int count = 0;
        int at = bytes.position();
        for (; at <= bytes.limit() - Long.BYTES; at += Long.BYTES) {
            long difference = bytes.getLong(at) ^ LINE_FEEDS;
            long zeroBytes = ~(((difference & ~HIGH_BITS) + ~HIGH_BITS) | difference | ~HIGH_BITS);
            count += Long.bitCount(zeroBytes);
        }
        for (; at < bytes.limit(); at++) {
            count += bytes.get(at) == '\n' ? 1 : 0;
        }
        return count;
    }
}
