package dev.datapipeline.storage;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;

final class FileAppender implements BlobAppender {
    private final FileChannel channel;
    private long size;

    FileAppender(FileChannel channel) throws IOException {
        this.channel = channel;
        this.size = channel.position();
    }

    @Override
    public int write(ByteBuffer source) throws IOException {
        int written = channel.write(source);
        size += written;
        return written;
    }

    @Override
    public int read(ByteBuffer target, long offset) throws IOException {
        return FileReader.read(channel, target, offset);
    }

    @Override
    public long size() {
        return size;
    }

    @Override
    public void truncate(long newSize) throws IOException {
        channel.truncate(newSize);
        size = channel.position();
    }

    @Override
    public void force() throws IOException {
        channel.force(false);
    }

    @Override
    public boolean isOpen() {
        return channel.isOpen();
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
