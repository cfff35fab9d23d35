package dev.datapipeline.storage;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.WritableByteChannel;

/** Bytes in memory read like a blob. */
public record MemoryBlob(byte[] bytes) implements BlobReader {
    @Override
    public long size() {
        return bytes.length;
    }

    @Override
    public int read(ByteBuffer target, long offset) {
        int length = (int) Math.max(0, Math.min(target.remaining(), bytes.length - offset));
        target.put(bytes, (int) Math.min(offset, bytes.length), length);
        return length;
    }

    @Override
    public void transfer(long offset, long length, WritableByteChannel target) throws IOException {
        ByteBuffer range = ByteBuffer.wrap(bytes, Math.toIntExact(offset), Math.toIntExact(length));
        while (range.hasRemaining()) {
            target.write(range);
        }
    }

    @Override
    public void close() {
        // Nothing to give back.
    }
}
