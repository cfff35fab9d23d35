package dev.datapipeline.dataset;

import dev.datapipeline.ingest.ByteWords;
import dev.datapipeline.storage.BlobReader;
import java.io.EOFException;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;

/**
 * A range of the records of a dataset, read in order: either record by record ({@link #next()}, {@link #writeRecord}) or in chunks of
 * whole lines ({@link #nextChunk()}), not both. Not thread-safe; closing does not close the blob.
 */
public final class RecordLines {
    /** Longest chunk, unless a single record is longer. */
    public static final int CHUNK = 1024 * 1024;

    private final BlobReader blob;
    private final long end;
    private long readTo;
    private byte[] buffer;
    private int filled;
    private int start;
    private int lineEnd;

    /** The whole lines between the two offsets of the blob. */
    public RecordLines(BlobReader blob, long begin, long end) {
        this.blob = blob;
        this.readTo = begin;
        this.end = end;
        this.buffer = new byte[(int) Math.min(CHUNK, end - begin)];
    }

    /** Moves to the next record; false at the end. */
    public boolean next() throws IOException {
        start = lineEnd;
        int feed = indexOfFeed(start);
        while (feed < 0) {
            if (!fill()) {
                return false;
            }
            feed = indexOfFeed(start);
        }
        lineEnd = feed + 1;
        return true;
    }

    /** Bytes of the record of the last {@link #next()}, without the line feed. */
    public int length() {
        return lineEnd - 1 - start;
    }

    /** Writes the record of the last {@link #next()}, without the line feed. */
    public void writeRecord(OutputStream target) throws IOException {
        target.write(buffer, start, lineEnd - 1 - start);
    }

    /**
     * The next whole lines: at most {@value #CHUNK} bytes unless it is a single record. Valid until the next call.
     *
     * @throws EOFException when all lines were given
     */
    public ByteBuffer nextChunk() throws IOException {
        start = lineEnd;
        fill();
        int feed = lastFeed(Math.min(filled, start + CHUNK));
        while (feed < 0) {
            feed = indexOfFeed(start);
            if (feed < 0 && !fill()) {
                throw new EOFException("no more records in this range");
            }
        }
        lineEnd = feed + 1;
        return ByteBuffer.wrap(buffer, start, lineEnd - start);
    }

    private int indexOfFeed(int from) {
        return ByteWords.indexOf((byte) '\n', buffer, from, filled);
    }

    private int lastFeed(int limit) {
        for (int i = limit - 1; i >= start; i--) {
            if (buffer[i] == '\n') {
                return i;
            }
        }
        return -1;
    }

    /** Reads on behind what is left and moves that to the front; grows the buffer when a single record fills it. False when there is no more. */
    private boolean fill() throws IOException {
        if (readTo == end) {
            return false;
        }
        int left = filled - start;
        byte[] target =
                left < buffer.length ? buffer : new byte[(int) Math.min(2L * buffer.length, left + end - readTo)];
        System.arraycopy(buffer, start, target, 0, left);
        buffer = target;
        int room = (int) Math.min(buffer.length - left, end - readTo);
        int read = blob.read(ByteBuffer.wrap(buffer, left, room), readTo);
        if (read < room) {
            throw new EOFException("the records end before their index says");
        }
        readTo += read;
        lineEnd = 0;
        start = 0;
        filled = left + read;
        return true;
    }
}
