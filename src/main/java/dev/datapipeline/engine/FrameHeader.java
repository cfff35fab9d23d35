package dev.datapipeline.engine;

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
        if (payload.length > type.limit()) {
            throw new IllegalArgumentException("a payload of " + payload.length + " bytes in " + type);
        }
        return ByteBuffer.allocate(FrameType.HEADER + payload.length)
                .putInt(payload.length)
                .put(type.code())
                .put(payload)
                .flip();
    }
}
