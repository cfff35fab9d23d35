package dev.datapipeline.storage;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;

final class FileWriter implements BlobWriter {
    private final FileChannel channel;
    private final Path draft;
    private final Path target;
    private long size;

    FileWriter(FileChannel channel, Path draft, Path target) {
        this.channel = channel;
        this.draft = draft;
        this.target = target;
    }

    @Override
    public int write(ByteBuffer source) throws IOException {
        int written = channel.write(source);
        size += written;
        return written;
    }

    @Override
    public long size() {
        return size;
    }

    @Override
    public void publish() throws IOException {
        channel.force(true);
        channel.close();
        FileBlobs.publish(draft, target);
    }

    @Override
    public boolean isOpen() {
        return channel.isOpen();
    }

    @Override
    public void close() throws IOException {
        channel.close();
        Files.deleteIfExists(draft);
    }
}
