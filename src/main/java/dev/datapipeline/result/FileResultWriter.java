package dev.datapipeline.result;

import dev.datapipeline.storage.BlobAppender;
import java.io.IOException;
import java.nio.ByteBuffer;

final class FileResultWriter implements ResultWriter {
    private final String segment;
    private final BlobAppender file;
    private final long start;
    private boolean isCommitted;

    FileResultWriter(String segment, BlobAppender file) {
        this.segment = segment;
        this.file = file;
        this.start = file.size();
    }

    @Override
    public int write(ByteBuffer source) throws IOException {
        return file.write(source);
    }

    @Override
    public long position() {
        return file.size();
    }

    @Override
    public ResultReader written() {
        return new ResultReader(file, start, file.size() - start);
    }

    @Override
    public ResultLocation commit(byte[] log) throws IOException {
        long resultsLength = file.size() - start;
        ByteBuffer text = ByteBuffer.wrap(log);
        while (text.hasRemaining()) {
            file.write(text);
        }
        file.force();
        isCommitted = true;
        return new ResultLocation(segment, start, resultsLength, log.length);
    }

    @Override
    public boolean isOpen() {
        return file.isOpen();
    }

    /** Nothing refers to results that were not committed, and nobody else writes to the file. */
    @Override
    public void close() throws IOException {
        try (file) {
            if (!isCommitted) {
                file.truncate(start);
            }
        }
    }
}
