package dev.datapipeline.sandbox.engine.frame;

import dev.datapipeline.sandbox.engine.SandboxFailureException;
import java.nio.ByteBuffer;

/** @param length of the payload in bytes, within the limit of the type */
public record FrameHeader(FrameType type, int length) {
    static FrameHeader read(ByteBuffer bytes) throws SandboxFailureException {
        long length = bytes.getInt() & 0xffff_ffffL;
        FrameType type = FrameType.of(bytes.get());
        if (length > type.limit()) {
            throw SandboxFailureException.violation("a frame " + type + " of " + length + " bytes");
        }
        return new FrameHeader(type, (int) length);
    }

    public static ByteBuffer of(FrameType type, int length) {
        if (length > type.limit()) {
            throw new IllegalArgumentException("a payload of " + length + " bytes in " + type);
        }
        return ByteBuffer.allocate(FrameType.HEADER)
                .putInt(length)
                .put(type.code())
                .flip();
    }
}
