package dev.datapipeline.ingest;

import dev.datapipeline.problem.Position;
import dev.datapipeline.problem.ProblemException;
import dev.datapipeline.problem.ProblemType;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * The place in an upload where reading stands, with the bytes around it: from the start of the record in hand to the last byte
 * received. Memory grows with the largest record, not with the upload.
 *
 * <p>Eight zero bytes always follow the last byte received. No format has a zero byte in it, so the hot loops run into them instead
 * of comparing with the end at every byte, and may read eight bytes at once.
 */
final class UploadCursor {
    /** What {@link #peek()} gives at the end of the upload. */
    static final int END = -1;

    private static final int GUARD = Long.BYTES;
    private static final int NO_RECORD = -1;

    private final InputStream upload;
    private final int maxRecordBytes;
    private byte[] bytes;
    private int position;
    private int end;
    private int recordStart = NO_RECORD;
    private long offsetOfFirst;
    private long record;
    private long line = 1;
    private long lineStart;
    private boolean brokeLine;
    private boolean lineEndsRecord;

    UploadCursor(InputStream upload, int firstCapacity, int maxRecordBytes) {
        this.upload = upload;
        this.maxRecordBytes = maxRecordBytes;
        this.bytes = new byte[firstCapacity + GUARD];
    }

    /** The byte the cursor stands on, 0 to 255, or {@link #END}. */
    int peek() {
        byte value = bytes[position];
        return value != 0 ? value & 0xFF : peekBehindZero();
    }

    private int peekBehindZero() {
        return position < end || fill() ? bytes[position] & 0xFF : END;
    }

    /** Moves past the byte just peeked at, which is no line feed. */
    void advance() {
        position++;
    }

    /** Moves past the line feed the cursor stands on. */
    void advanceLine() {
        position++;
        line++;
        lineStart = offset();
        brokeLine = true;
    }

    /** From here on a line feed inside a record is a token of its own. */
    void endRecordsWithLines() {
        lineEndsRecord = true;
    }

    /** Moves past the space JSON allows between tokens and peeks. */
    int token() {
        int next = peek();
        while (next <= ' ') {
            switch (next) {
                case ' ', '\t' -> advance();
                case '\r' -> {
                    advance();
                    brokeLine = true;
                }
                case '\n' -> {
                    if (lineEndsRecord && recordStart != NO_RECORD) {
                        return next;
                    }
                    advanceLine();
                }
                default -> {
                    return next;
                }
            }
            next = peek();
        }
        return next;
    }

    /** Moves past ASCII characters that mean themselves in a JSON string and peeks. */
    int skipPlainText() {
        position = ByteWords.plainTextEnd(bytes, position);
        return peek();
    }

    /** How many ASCII characters follow that mean themselves in a JSON string, {@code stop} not among them; zero at the end of the window. */
    int plainTextLength(int stop) {
        int next = position;
        while (ByteWords.isPlainText(bytes[next]) && bytes[next] != stop) {
            next++;
        }
        return next - position;
    }

    /** Moves past bytes that were looked at and hold no line feed. */
    void advance(int count) {
        position += count;
    }

    /** Moves past decimal digits; returns how many. */
    int skipDigits() {
        int digits = 0;
        int next = peek();
        while (next >= '0' && next <= '9') {
            digits++;
            position++;
            next = peek();
        }
        return digits;
    }

    /** Moves past the character beyond ASCII that the cursor stands on; returns its length in bytes. */
    int skipCharacter() {
        int length = checkCharacter();
        position += length;
        return length;
    }

    /** As {@link #skipCharacter()}, without moving. */
    int checkCharacter() {
        require(4);
        int length = Utf8.length(bytes, position);
        if (length == 0) {
            throw problem(
                    ProblemType.INVALID_ENCODING, "A dataset is UTF-8, and the bytes here are not. Save it as UTF-8.");
        }
        return length;
    }

    /** Moves past {@code expected} if the upload goes on with it. */
    boolean skip(byte... expected) {
        require(expected.length);
        if (end - position < expected.length
                || !Arrays.equals(bytes, position, position + expected.length, expected, 0, expected.length)) {
            return false;
        }
        position += expected.length;
        return true;
    }

    /** Up to {@code length} bytes from the cursor on, which does not move. */
    byte[] lookAhead(int length) {
        require(length);
        return Arrays.copyOfRange(bytes, position, position + Math.min(length, end - position));
    }

    private void require(int length) {
        boolean more = true;
        while (more && end - position < length) {
            more = fill();
        }
    }

    /** From here on every byte is kept, until the record ends. */
    void beginRecord() {
        recordStart = position;
        brokeLine = false;
    }

    /** Ends the record in hand, which is JSON; gives it as one line, valid until the cursor moves. */
    ByteBuffer endJsonRecord() {
        int start = recordStart;
        endRecord();
        int lineEnd = brokeLine ? LineJoiner.join(bytes, start, position) : position;
        return ByteBuffer.wrap(bytes, start, lineEnd - start);
    }

    /** Ends the record in hand. */
    void endRecord() {
        if (position - recordStart > maxRecordBytes) {
            throw recordTooLarge();
        }
        recordStart = NO_RECORD;
        record++;
    }

    /** Whether a line break was passed since {@link #beginRecord()}, outside of strings. */
    boolean brokeLine() {
        return brokeLine;
    }

    /** The window itself, for those who look at bytes of the record in hand. */
    byte[] bytes() {
        return bytes;
    }

    /** Index in {@link #bytes()} of the byte the cursor stands on; changes when the cursor moves. */
    int position() {
        return position;
    }

    /** Where the cursor stands, counted from the first byte of the record in hand. */
    int inRecord() {
        return position - recordStart;
    }

    /** Index in {@link #bytes()} of the first byte of the record in hand; changes when the cursor moves. */
    int recordStart() {
        return recordStart;
    }

    long line() {
        return line;
    }

    long offset() {
        return offsetOfFirst + position;
    }

    Position here() {
        return new Position(record, line, offset() - lineStart + 1, offset());
    }

    ProblemException problem(ProblemType type, String detail) {
        return new ProblemException(type, detail, here());
    }

    /** A problem with something {@code back} bytes before the cursor, in the same line. */
    ProblemException problemBefore(int back, ProblemType type, String detail) {
        Position here = here();
        return new ProblemException(
                type, detail, new Position(here.record(), here.line(), here.column() - back, here.byteOffset() - back));
    }

    /** Reads on; false at the end of the upload. Bytes before the record in hand (or the cursor) are let go. */
    private boolean fill() {
        letGo(recordStart == NO_RECORD ? position : recordStart);
        if (end == bytes.length - GUARD) {
            grow();
        }
        int received = Math.max(read(), 0);
        end += received;
        Arrays.fill(bytes, end, end + GUARD, (byte) 0);
        return received > 0;
    }

    private int read() {
        try {
            return upload.read(bytes, end, bytes.length - GUARD - end);
        } catch (IOException brokenOff) {
            throw new ProblemException(
                    ProblemType.INVALID_REQUEST,
                    "The upload broke off after " + (offsetOfFirst + end) + " bytes. Send it again.");
        }
    }

    private void letGo(int count) {
        if (count == 0) {
            return;
        }
        System.arraycopy(bytes, count, bytes, 0, end - count);
        offsetOfFirst += count;
        position -= count;
        end -= count;
        recordStart = recordStart == NO_RECORD ? NO_RECORD : 0;
    }

    /** The record in hand fills the window. */
    private void grow() {
        if (recordStart != NO_RECORD && end > maxRecordBytes) {
            throw recordTooLarge();
        }
        int capacity = (int) Math.min(2L * end, Math.max(maxRecordBytes, end) + 64L * 1024);
        bytes = Arrays.copyOf(bytes, capacity + GUARD);
    }

    ProblemException recordTooLarge() {
        return problem(
                ProblemType.RECORD_TOO_LARGE,
                "A record has at most " + maxRecordBytes + " bytes, and this one is longer. Split it or shorten it.");
    }
}
