package dev.datapipeline.result;

import dev.datapipeline.sandbox.engine.RecordStatus;
import dev.datapipeline.storage.BlobReader;
import dev.datapipeline.storage.ReadableBytes;
import java.io.EOFException;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * Reads the result records of one batch (docs/engine-protocol.md, "Result records") without parsing values. Only a window of a record is in
 * memory; longer values are copied from the blob in pieces. A value that is stored as a change is joined while it is written, from what is
 * stored and the record that it is the result of. Results of older versions hold no changes. Not thread-safe. The accessors describe the record of the last {@link #next()}.
 */
public final class ResultReader {
    private static final int WINDOW = 256 * 1024;
    private static final int PIECE = 64 * 1024;
    private static final int LENGTH_BYTES = 4;
    private static final int HEADER_BYTES = 6;
    private static final int ENTRY_BYTES = 9;
    private static final int COUNT_BYTES = 2;
    private static final int COPY_BYTES = 12;
    private static final int LONGEST_TABLE = COUNT_BYTES + 0xFFFF * COPY_BYTES;

    /** In the length of a part: it is a change. In the beginning of a copy: it counts from the first part and not from the record. */
    private static final int FLAG = 0x8000_0000;

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
    /** The copies of a change, from {@link #tableAt} on. */
    private ByteBuffer table;

    private int tableAt;

    /** @param length bytes of result records from {@code offset} on */
    public ResultReader(BlobReader blob, long offset, long length) {
        this.blob = blob;
        this.windowStart = offset;
        this.recordEnd = offset;
        this.end = offset + length;
        this.window = new byte[(int) Math.max(LENGTH_BYTES, Math.min(WINDOW, length))];
        this.view = ByteBuffer.wrap(window);
        this.table = view;
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

    /** @param raw the record that this is the result of */
    public long valueLength(int i, ReadableBytes raw) throws IOException {
        int told = told(i);
        if (told < 0) {
            return raw.length();
        }
        return isChange(told) ? changedLength(told) : partLength(told);
    }

    /** Bytes of the record if all its values were stored as they are. */
    public long joinedLength(ReadableBytes raw) throws IOException {
        long joined = length();
        for (int i = 0; i < values(); i++) {
            if (isChange(i)) {
                joined += valueLength(i, raw) - partLength(i);
            }
        }
        return joined;
    }

    /**
     * Writes value {@code i}, a long one in several pieces.
     *
     * @param raw the record that this is the result of
     */
    public void writeValue(int i, ReadableBytes raw, OutputStream target) throws IOException {
        int told = told(i);
        if (told < 0) {
            raw.write(0, raw.length(), target);
        } else if (isChange(told)) {
            writeChanged(told, raw, target);
        } else {
            write(partStart(told), partLength(told), target);
        }
    }

    /** The value that value {@code i} reads as: itself, an earlier one, or the record if negative. */
    private int told(int i) {
        int told = i;
        while (told >= 0 && isChange(told) && partLength(told) == 0) {
            told--;
        }
        return told;
    }

    private long changedLength(int i) throws IOException {
        int copies = openTable(i);
        long length = partLength(i) - COUNT_BYTES - (long) copies * COPY_BYTES;
        for (int copy = 0; copy < copies; copy++) {
            length += number(copy, 2);
        }
        return length;
    }

    private void writeChanged(int i, ReadableBytes raw, OutputStream target) throws IOException {
        int copies = openTable(i);
        long parts = partStart(0);
        long text = partStart(i) + COUNT_BYTES + (long) copies * COPY_BYTES;
        long end = partStart(i) + partLength(i);
        for (int copy = 0; copy < copies; copy++) {
            write(text, number(copy, 0), target);
            text += number(copy, 0);
            long begin = number(copy, 1);
            if ((begin & FLAG) == 0) {
                raw.write(begin, number(copy, 2), target);
            } else {
                write(parts + (begin & ~FLAG & 0xFFFF_FFFFL), number(copy, 2), target);
            }
        }
        write(text, end - text, target);
    }

    /** Makes the copies of a change readable; returns how many there are. */
    private int openTable(int i) throws IOException {
        long start = partStart(i);
        int longest = (int) Math.min(LONGEST_TABLE, partLength(i));
        if (record + start + longest <= filled) {
            table = view;
            tableAt = (int) (record + start);
        } else {
            table = ByteBuffer.allocate(longest);
            tableAt = 0;
            blob.read(table, recordStart + start);
        }
        int copies = longest < COUNT_BYTES ? 0 : table.getShort(tableAt) & 0xFFFF;
        if (COUNT_BYTES + (long) copies * COPY_BYTES > longest) {
            throw new EOFException("a change is shorter than its parts");
        }
        return copies;
    }

    private long number(int copy, int place) {
        return Integer.toUnsignedLong(table.getInt(tableAt + COUNT_BYTES + copy * COPY_BYTES + place * Integer.BYTES));
    }

    private boolean isChange(int i) {
        return (view.getInt(entry(i) + 5) & FLAG) != 0;
    }

    private int partLength(int i) {
        return view.getInt(entry(i) + 5) & ~FLAG;
    }

    /** Counted from the beginning of the record. */
    private long partStart(int i) {
        long start = entry(values()) - record;
        for (int earlier = 0; earlier < i; earlier++) {
            start += partLength(earlier);
        }
        return start;
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
        return recordStart + partStart(values());
    }

    private int entry(int i) {
        return record + LENGTH_BYTES + HEADER_BYTES + i * ENTRY_BYTES;
    }

    /** @param start counted from the beginning of the record */
    private void write(long start, long length, OutputStream target) throws IOException {
        if (length < 0 || start + length > length()) {
            throw new EOFException("a record is shorter than its parts");
        }
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
