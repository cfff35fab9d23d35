package dev.datapipeline.storage;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.WritableByteChannel;

final class FileReader implements BlobReader {
    private final FileChannel channel;

    FileReader(FileChannel channel) {
        this.channel = channel;
    }

    @Override
    public long size() throws IOException {
        return channel.size();
    }

    @Override
    public int read(ByteBuffer target, long offset) throws IOException {
        int total = 0;
        while (target.hasRemaining()) {
            int read = channel.read(target, offset + total);
            if (read < 0) {
                break;
            }
            total += read;
        }
        return total;
    }

    @Override
    public void transfer(long offset, long length, WritableByteChannel target) throws IOException {
        long done = 0;
        while (done < length) {
            long moved = channel.transferTo(offset + done, length - done, target);
            if (moved <= 0) {
                throw new EOFException("blob ends at " + channel.size() + ", wanted " + (offset + length));
            }
            done += moved;
        }
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
