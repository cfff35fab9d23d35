package dev.datapipeline.outbound.wire;

import io.netty.buffer.ByteBuf;
import java.util.Arrays;

/** The body of a request as it arrives. Grows with what has come, not with what was promised. */
public final class BodyBuffer {
    private static final int FIRST_SIZE = 16 * 1024;
    private static final byte[] EMPTY = {};

    private final BodyMemory memory;
    private final long limit;
    private byte[] bytes = EMPTY;
    private int length;

    /** @param limit of the body in bytes: its stated length, or the largest that is allowed */
    public BodyBuffer(BodyMemory memory, long limit) {
        this.memory = memory;
        this.limit = limit;
    }

    public boolean hasRoomFor(int more) {
        return length + more <= limit;
    }

    /** @return false when memory is short; nothing is taken then */
    public boolean tryAdd(ByteBuf piece) {
        int more = piece.readableBytes();
        if (length + more > bytes.length && !tryGrow(length + more)) {
            return false;
        }
        piece.readBytes(bytes, length, more);
        length += more;
        return true;
    }

    public byte[] toBytes() {
        return bytes.length == length ? bytes : Arrays.copyOf(bytes, length);
    }

    private boolean tryGrow(int needed) {
        long doubled = Math.max(needed, Math.max(FIRST_SIZE, 2L * bytes.length));
        int size = (int) Math.min(limit, doubled);
        if (!memory.tryGrowTo(size)) {
            return false;
        }
        bytes = Arrays.copyOf(bytes, size);
        return true;
    }
}
