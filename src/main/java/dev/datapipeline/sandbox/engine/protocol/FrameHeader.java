package dev.datapipeline.sandbox.engine.protocol;

import dev.datapipeline.sandbox.engine.SandboxFailureException;
import java.nio.ByteBuffer;

/** @param length of the payload in bytes, within the limit of the type */
record FrameHeader(FrameType type, int length) {
    /** Takes {@link FrameType#HEADER} bytes. */
    static FrameHeader read(ByteBuffer bytes) throws SandboxFailureException {
        long length = bytes.getInt() & 0xffff_ffffL;
        FrameType type = FrameType.of(bytes.get());
        if (length > type.limit()) {
            throw SandboxFailureException.violation("a frame " + type + " of " + length + " bytes");
        }
        return new FrameHeader(type, (int) length);
    }

    static ByteBuffer write(FrameType type, byte[] payload) {
        return begin(type, payload.length).put(payload).flip();
    }

    /** A frame with room for the payload, which comes next. */
    static ByteBuffer begin(FrameType type, long length) {
        if (length > type.limit()) {
            throw new IllegalArgumentException("a payload of " + length + " bytes in " + type);
        }
        return ByteBuffer.allocate(FrameType.HEADER + (int) length)
                .putInt((int) length)
                .put(type.code());
    }
}
