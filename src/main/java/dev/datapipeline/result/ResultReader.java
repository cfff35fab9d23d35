package dev.datapipeline.result;

import dev.datapipeline.sandbox.engine.RecordStatus;
import dev.datapipeline.storage.BlobReader;
import java.io.EOFException;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * Reads the result records of one batch (docs/engine-protocol.md, "Result records") without parsing values. Only a window of a record is in
 * memory; longer values are copied from the blob in pieces. Not thread-safe. The accessors describe the record of the last {@link #next()}.
 */
public final class ResultReader {
    private static final int WINDOW = 256 * 1024;
    private static final int PIECE = 64 * 1024;
    private static final int LENGTH_BYTES = 4;
    private static final int HEADER_BYTES = 6;
    private static final int ENTRY_BYTES = 9;
    private static final int LONGEST_HEAD = LENGTH_BYTES + HEADER_BYTES + 255 * ENTRY_BYTES;

    private final BlobReader blob;
    private final long end;
    private final byte[] window;
    private final ByteBuffer view;
    /** Allocated for the first record that does not fit into the window. */
    private byte @Nullable [] piece;

    private long windowStart;
    private int filled;
    private long recordStart;
    private long recordEnd;
    private int record;

    /** @param length bytes of result records from {@code offset} on */
    public ResultReader(BlobReader blob, long offset, long length) {
        this.blob = blob;
        this.windowStart = offset;
        this.recordEnd = offset;
        this.end = offset + length;
        this.window = new byte[(int) Math.max(LENGTH_BYTES, Math.min(WINDOW, length))];
        this.view = ByteBuffer.wrap(window);
    }

    /**
     * Moves to the next record; false at the end.
     *
     * @throws EOFException when the results end within a record, or a record is shorter than its parts
     */
    public boolean next() throws IOException {
        recordStart = recordEnd;
        if (recordStart == end) {
            return false;
        }
        record = (int) Math.min(filled + 1L, recordStart - windowStart);
        require(LENGTH_BYTES);
        long length = LENGTH_BYTES + Integer.toUnsignedLong(view.getInt(record));
        if (length < LENGTH_BYTES + HEADER_BYTES || length > end - recordStart) {
            throw new EOFException("results end within a record");
        }
        recordEnd = recordStart + length;
        require((int) Math.min(length, length <= window.length ? length : LONGEST_HEAD));
        if (valuesEnd() > recordEnd) {
            throw new EOFException("a record is shorter than its parts");
        }
        return true;
    }

    public int position() {
        return view.getInt(record + LENGTH_BYTES);
    }

    public RecordStatus status() {
        return RecordStatus.of(window[record + LENGTH_BYTES + 4]);
    }

    public long length() {
        return recordEnd - recordStart;
    }

    public int values() {
        return window[record + LENGTH_BYTES + 5] & 0xFF;
    }

    /** Position in the pipeline of the stage of value {@code i}. */
    public int ordinal(int i) {
        return window[entry(i)] & 0xFF;
    }

    /** How long the stage of value {@code i} took. */
    public long microseconds(int i) {
        return Integer.toUnsignedLong(view.getInt(entry(i) + 1));
    }

    public long valueLength(int i) {
        return Integer.toUnsignedLong(view.getInt(entry(i) + 5));
    }

    /** Writes value {@code i}, a long one in several pieces. */
    public void writeValue(int i, OutputStream target) throws IOException {
        long start = entry(values()) - record;
        for (int earlier = 0; earlier < i; earlier++) {
            start += valueLength(earlier);
        }
        write(start, valueLength(i), target);
    }

    /** JSON error of a failed record, JSON string of a skipped one. */
    public void writeDetail(OutputStream target) throws IOException {
        long start = valuesEnd() - recordStart;
        write(start, length() - start, target);
    }

    /** Writes the record unchanged, except for its position. */
    public void writeRecord(int position, OutputStream target) throws IOException {
        view.putInt(record + LENGTH_BYTES, position);
        write(0, length(), target);
    }

    /** Where the last value ends, and the detail begins. */
    private long valuesEnd() {
        long start = recordStart + entry(values()) - record;
        for (int i = 0; i < values(); i++) {
            start += valueLength(i);
        }
        return start;
    }

    private int entry(int i) {
        return record + LENGTH_BYTES + HEADER_BYTES + i * ENTRY_BYTES;
    }

    /** @param start counted from the beginning of the record */
    private void write(long start, long length, OutputStream target) throws IOException {
        long inWindow = Math.max(0, Math.min(length, filled - record - start));
        if (inWindow > 0) {
            target.write(window, (int) (record + start), (int) inWindow);
        }
        if (inWindow < length) {
            copy(recordStart + start + inWindow, length - inWindow, target);
        }
    }

    private void copy(long from, long length, OutputStream target) throws IOException {
        if (piece == null) {
            piece = new byte[PIECE];
        }
        for (long done = 0; done < length; ) {
            int wanted = (int) Math.min(piece.length, length - done);
            if (blob.read(ByteBuffer.wrap(piece, 0, wanted), from + done) < wanted) {
                throw new EOFException("results end within a record");
            }
            target.write(piece, 0, wanted);
            done += wanted;
        }
    }

    /** Loads {@code wanted} bytes from the start of the record into the window, which has room for them. */
    private void require(int wanted) throws IOException {
        if (record >= 0 && record <= filled && filled - record >= wanted) {
            return;
        }
        int kept = Math.max(0, filled - record);
        System.arraycopy(window, filled - kept, window, 0, kept);
        int room = (int) Math.min(window.length - kept, end - recordStart - kept);
        int read = blob.read(ByteBuffer.wrap(window, kept, room), recordStart + kept);
        windowStart = recordStart;
        record = 0;
        filled = kept + read;
        if (filled < wanted) {
            throw new EOFException("results end within a record");
        }
    }
}
