package dev.datapipeline.llm.journal;

import dev.datapipeline.storage.BlobAppender;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import org.jboss.logging.Logger;

/** A file that is appended to. Once it ends with bytes that nobody acknowledged and that cannot be cut off, it takes no more. */
final class OpenFile {
    private static final Logger LOG = Logger.getLogger(OpenFile.class);
    private static final long LARGEST_BUFFER = 256 << 10;

    private final BlobAppender appender;
    private volatile boolean isDirty;
    private boolean isSpoilt;

    OpenFile(BlobAppender appender) {
        this.appender = appender;
    }

    /** Writes all or nothing; returns the offset of the first byte. */
    long append(List<ByteBuffer> pieces) throws IOException {
        if (isSpoilt) {
            throw new IOException("an earlier write failed halfway");
        }
        long start = appender.size();
        try {
            if (pieces.size() == 1) {
                writeAll(pieces.getFirst().duplicate());
            } else {
                writeTogether(pieces);
            }
            isDirty = true;
            return start;
        } catch (IOException failed) {
            cutOff(start, failed);
            throw failed;
        }
    }

    private void writeTogether(List<ByteBuffer> pieces) throws IOException {
        long size = pieces.stream().mapToLong(ByteBuffer::remaining).sum();
        ByteBuffer buffer = ByteBuffer.allocate((int) Math.min(size, LARGEST_BUFFER));
        for (ByteBuffer piece : pieces) {
            if (piece.remaining() > buffer.remaining()) {
                writeAll(buffer.flip());
                buffer.clear();
            }
            if (piece.remaining() > buffer.capacity()) {
                writeAll(piece.duplicate());
            } else {
                buffer.put(piece.duplicate());
            }
        }
        writeAll(buffer.flip());
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

    /** Others may append meanwhile. */
    void force() {
        if (!isDirty) {
            return;
        }
        // Before: what is appended from now on may not be among what is forced.
        isDirty = false;
        try {
            appender.force();
        } catch (IOException failed) {
            isDirty = true;
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
