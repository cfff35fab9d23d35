package dev.datapipeline.storage;

import java.nio.ByteBuffer;

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
    public void close() {}
}
