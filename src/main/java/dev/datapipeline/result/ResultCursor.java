package dev.datapipeline.result;

import dev.datapipeline.engine.RecordStatus;
import dev.datapipeline.storage.BlobReader;
import java.io.EOFException;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;

/**
 * Walks the result records of one batch (docs/engine-protocol.md, "Result records") without parsing a value. Not thread-safe; what the
 * accessors say belongs to the record of the last {@link #next()}.
 */
public final class ResultCursor {
    private static final int BUFFER = 256 * 1024;
    private static final int LENGTH_BYTES = 4;
    private static final int HEADER_BYTES = 6;
    private static final int ENTRY_BYTES = 9;

    private final BlobReader blob;
    private final long end;
    private long readTo;
    private byte[] buffer;
    private ByteBuffer view;
    private int filled;
    private int record;
    private int recordEnd;

    /** @param length bytes of result records from {@code offset} on */
    public ResultCursor(BlobReader blob, long offset, long length) {
        this.blob = blob;
        this.readTo = offset;
        this.end = offset + length;
        this.buffer = new byte[(int) Math.max(LENGTH_BYTES, Math.min(BUFFER, length))];
        this.view = ByteBuffer.wrap(buffer);
    }

    /** Moves to the next record; false at the end. */
    public boolean next() throws IOException {
        record = recordEnd;
        if (record == filled && readTo == end) {
            return false;
        }
        require(LENGTH_BYTES);
        require(LENGTH_BYTES + view.getInt(record));
        recordEnd = record + LENGTH_BYTES + view.getInt(record);
        return true;
    }

    public int position() {
        return view.getInt(record + LENGTH_BYTES);
    }

    public RecordStatus status() {
        return RecordStatus.of(buffer[record + LENGTH_BYTES + 4]);
    }

    /** Bytes of the record. */
    public int length() {
        return recordEnd - record;
    }

    /** Number of stage values. */
    public int values() {
        return buffer[record + LENGTH_BYTES + 5] & 0xFF;
    }

    /** Place of the stage of value {@code i} in the pipeline. */
    public int ordinal(int i) {
        return buffer[entry(i)] & 0xFF;
    }

    /** How long the stage of value {@code i} took. */
    public long microseconds(int i) {
        return Integer.toUnsignedLong(view.getInt(entry(i) + 1));
    }

    public void writeValue(int i, OutputStream target) throws IOException {
        int start = entry(values());
        for (int earlier = 0; earlier < i; earlier++) {
            start += valueLength(earlier);
        }
        target.write(buffer, start, valueLength(i));
    }

    /** JSON error of a failed record, JSON string of a skipped one. */
    public void writeDetail(OutputStream target) throws IOException {
        int start = detail();
        target.write(buffer, start, recordEnd - start);
    }

    /** Writes the whole record as it stands, but for its position. */
    public void writeRecord(int position, OutputStream target) throws IOException {
        view.putInt(record + LENGTH_BYTES, position);
        target.write(buffer, record, recordEnd - record);
    }

    private int detail() {
        int start = entry(values());
        for (int i = 0; i < values(); i++) {
            start += valueLength(i);
        }
        return start;
    }

    private int entry(int i) {
        return record + LENGTH_BYTES + HEADER_BYTES + i * ENTRY_BYTES;
    }

    private int valueLength(int i) {
        return view.getInt(entry(i) + 5);
    }

    /** Makes sure that {@code wanted} bytes from the start of the record are in the buffer. */
    private void require(int wanted) throws IOException {
        if (filled - record >= wanted) {
            return;
        }
        int kept = filled - record;
        byte[] target = wanted <= buffer.length ? buffer : new byte[wanted];
        System.arraycopy(buffer, record, target, 0, kept);
        buffer = target;
        view = ByteBuffer.wrap(buffer);
        record = 0;
        int room = (int) Math.min(buffer.length - kept, end - readTo);
        int read = blob.read(ByteBuffer.wrap(buffer, kept, room), readTo);
        readTo += read;
        filled = kept + read;
        if (filled < wanted) {
            throw new EOFException("results end within a record");
        }
    }
}
