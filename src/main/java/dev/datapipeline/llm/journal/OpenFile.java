package dev.datapipeline.llm.journal;

import dev.datapipeline.storage.BlobAppender;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/** A file that is appended to. Once it ends with bytes that nobody acknowledged and that cannot be cut off, it takes no more. */
final class OpenFile {
    private static final Logger LOG = Logger.getLogger(OpenFile.class);
    private static final int BUFFER = 256 << 10;

    private final BlobAppender appender;
    private final ByteBuffer buffer = ByteBuffer.allocate(BUFFER);
    private boolean isDirty;
    private boolean isSpoilt;

    OpenFile(BlobAppender appender) {
        this.appender = appender;
    }

    /** Writes all or nothing; returns the offset of the first byte. */
    long append(List<@Nullable ByteBuffer> pieces) throws IOException {
        if (isSpoilt) {
            throw new IOException("an earlier write failed halfway");
        }
        long start = appender.size();
        try {
            for (ByteBuffer piece : pieces) {
                if (piece != null) {
                    collect(piece.duplicate());
                }
            }
            flush();
            isDirty = true;
            return start;
        } catch (IOException failed) {
            buffer.clear();
            cutOff(start, failed);
            throw failed;
        }
    }

    private void collect(ByteBuffer piece) throws IOException {
        if (piece.remaining() > buffer.remaining()) {
            flush();
        }
        if (piece.remaining() > buffer.capacity()) {
            writeAll(piece);
            return;
        }
        buffer.put(piece);
    }

    private void flush() throws IOException {
        writeAll(buffer.flip());
        buffer.clear();
    }

    private void writeAll(ByteBuffer bytes) throws IOException {
        while (bytes.hasRemaining()) {
            appender.write(bytes);
        }
    }

    private void cutOff(long size, IOException cause) {
        try {
            appender.truncate(size);
        } catch (IOException alsoFailed) {
            cause.addSuppressed(alsoFailed);
            isSpoilt = true;
        }
    }

    void force() {
        if (!isDirty) {
            return;
        }
        try {
            appender.force();
            isDirty = false;
        } catch (IOException failed) {
            LOG.warnf("a log of calls is not on the disk yet: %s", failed.getMessage());
        }
    }

    void close() {
        force();
        try {
            appender.close();
        } catch (IOException failed) {
            LOG.warnf("a log of calls could not be closed: %s", failed.getMessage());
        }
    }
}
