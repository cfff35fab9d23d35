package dev.datapipeline.dataset.ingest;

import dev.datapipeline.storage.BlobWriter;
import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;

/** Collects small pieces of a blob into large writes. */
final class BufferedBlobWriter implements Closeable {
    private final BlobWriter blob;
    private final ByteBuffer buffer;

    BufferedBlobWriter(BlobWriter blob, int capacity) {
        this.blob = blob;
        this.buffer = ByteBuffer.allocate(capacity);
    }

    void put(ByteBuffer bytes) throws IOException {
        if (bytes.remaining() > buffer.remaining()) {
            flush();
        }
        if (bytes.remaining() > buffer.remaining()) {
            write(bytes);
        } else {
            buffer.put(bytes);
        }
    }

    void put(byte value) throws IOException {
        if (!buffer.hasRemaining()) {
            flush();
        }
        buffer.put(value);
    }

    void putLong(long value) throws IOException {
        if (buffer.remaining() < Long.BYTES) {
            flush();
        }
        buffer.putLong(value);
    }

    long size() {
        return blob.size() + buffer.position();
    }

    void publish() throws IOException {
        flush();
        blob.publish();
    }

    @Override
    public void close() throws IOException {
        blob.close();
    }

    private void flush() throws IOException {
        write(buffer.flip());
        buffer.clear();
    }

    private void write(ByteBuffer bytes) throws IOException {
        while (bytes.hasRemaining()) {
            blob.write(bytes);
        }
    }
}
