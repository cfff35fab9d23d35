package dev.datapipeline.dataset;

import dev.datapipeline.json.SwarBytes;
import dev.datapipeline.storage.BlobReader;
import dev.datapipeline.storage.ReadableBytes;
import java.io.EOFException;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * A range of the records of a dataset, read in order. Use either {@link #next()} with {@link #writeRecord}, which keep one window in
 * memory, or {@link #nextChunk()}, which returns whole lines; not both. Not thread-safe. The blob stays open.
 */
public final class RecordLines implements ReadableBytes {
    /** Longest chunk, unless a single record is longer. */
    public static final int CHUNK = 1024 * 1024;

    private static final int WINDOW = 256 * 1024;
    private static final int PIECE = 64 * 1024;
    private static final int NONE = -1;

    private final BlobReader blob;
    private final long end;
    private long readTo;
    private byte[] buffer = new byte[0];
    /** Allocated for the first record that does not fit into the window. */
    private byte @Nullable [] piece;

    /** Offset of the end of a record that does not fit into the window. */
    private long endOfLong = NONE;

    private int filled;
    private int start;
    private int lineEnd;

    public RecordLines(BlobReader blob, long begin, long end) {
        this.blob = blob;
        this.readTo = begin;
        this.end = end;
    }

    public boolean next() throws IOException {
        leaveLong();
        allocate(WINDOW);
        start = lineEnd;
        int feed = indexOfFeed(start);
        while (feed < 0) {
            if (filled - start == WINDOW) {
                endOfLong = endOfLine();
                return true;
            }
            if (!fill()) {
                return false;
            }
            feed = indexOfFeed(start);
        }
        lineEnd = feed + 1;
        return true;
    }

    /** Bytes of the record of the last {@link #next()}, without the line feed. */
    @Override
    public int length() {
        return endOfLong == NONE ? lineEnd - 1 - start : (int) (endOfLong - readTo + filled - start);
    }

    /** Writes the record of the last {@link #next()}, without the line feed; a long one in several pieces. */
    public void writeRecord(OutputStream target) throws IOException {
        if (endOfLong == NONE) {
            target.write(buffer, start, lineEnd - 1 - start);
            return;
        }
        target.write(buffer, start, filled - start);
        for (long at = readTo; at < endOfLong; ) {
            int count = readPiece(at, endOfLong);
            target.write(piece(), 0, count);
            at += count;
        }
    }

    /** Writes a part of the record of the last {@link #next()}. */
    @Override
    public void write(long from, long length, OutputStream target) throws IOException {
        if (from < 0 || length < 0 || length > length() - from) {
            throw new EOFException("a record is shorter than what is to be copied of it");
        }
        long inBuffer = Math.max(0, Math.min(length, filled - start - from));
        target.write(buffer, (int) (start + (inBuffer > 0 ? from : 0)), (int) inBuffer);
        long at = readTo + Math.max(0, from - (filled - start));
        for (long last = at + length - inBuffer; at < last; ) {
            int count = readPiece(at, last);
            target.write(piece(), 0, count);
            at += count;
        }
    }

    private void leaveLong() {
        if (endOfLong == NONE) {
            return;
        }
        readTo = endOfLong + 1;
        endOfLong = NONE;
        filled = 0;
        lineEnd = 0;
    }

    /** Finds the end of the line that fills the window. */
    private long endOfLine() throws IOException {
        for (long at = readTo; at < end; ) {
            int count = readPiece(at, end);
            int feed = SwarBytes.indexOf((byte) '\n', piece(), 0, count);
            if (feed >= 0) {
                return at + feed;
            }
            at += count;
        }
        throw new EOFException("the records end before their index says");
    }

    private int readPiece(long from, long to) throws IOException {
        int wanted = (int) Math.min(PIECE, to - from);
        if (blob.read(ByteBuffer.wrap(piece(), 0, wanted), from) < wanted) {
            throw new EOFException("the records end before their index says");
        }
        return wanted;
    }

    private byte[] piece() {
        byte[] made = piece;
        if (made == null) {
            made = new byte[PIECE];
            piece = made;
        }
        return made;
    }

    private void allocate(int most) {
        if (buffer.length == 0) {
            buffer = new byte[(int) Math.min(most, end - readTo)];
        }
    }

    /** The next whole lines: at most {@value #CHUNK} bytes unless it is a single record. Valid until the next call. */
    public ByteBuffer nextChunk() throws IOException {
        allocate(CHUNK);
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
        return SwarBytes.indexOf((byte) '\n', buffer, from, filled);
    }

    private int lastFeed(int limit) {
        for (int i = limit - 1; i >= start; i--) {
            if (buffer[i] == '\n') {
                return i;
            }
        }
        return -1;
    }

    /** Moves the unread bytes to the front and reads more; grows the buffer when a single record fills it. False at the end. */
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
