package dev.datapipeline.dataset.ingest.input;

import dev.datapipeline.json.SwarBytes;
import dev.datapipeline.problem.Position;
import dev.datapipeline.problem.ProblemException;
import dev.datapipeline.problem.ProblemType;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * A window over an upload with a current position: it holds the bytes from the start of the current record to the last byte received.
 * Memory grows with the largest record, not with the upload.
 *
 * <p>Eight zero bytes always follow the last byte received. No format contains zero bytes, so hot loops stop at them instead of comparing
 * with the end at every byte, and may read eight bytes at once.
 */
public final class UploadBuffer {
    /** Returned by {@link #peek()} at the end of the upload. */
    public static final int END = -1;

    /** The first byte of a byte order mark. */
    public static final int FIRST_OF_MARK = 0xEF;

    private static final byte[] BYTE_ORDER_MARK = {(byte) FIRST_OF_MARK, (byte) 0xBB, (byte) 0xBF};
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
    private final FirstLineBreak firstBreak = new FirstLineBreak();

    public UploadBuffer(InputStream upload, int firstCapacity, int maxRecordBytes) {
        this.upload = upload;
        this.maxRecordBytes = maxRecordBytes;
        this.bytes = new byte[firstCapacity + GUARD];
    }

    /** The byte at the current position, 0 to 255, or {@link #END}. */
    public int peek() {
        byte value = bytes[position];
        return value != 0 ? value & 0xFF : peekBehindZero();
    }

    private int peekBehindZero() {
        return position < end || fill() ? bytes[position] & 0xFF : END;
    }

    /** Moves past the byte just read by {@link #peek()}, which is not a line feed. */
    public void advance() {
        position++;
    }

    public void advance(int count) {
        position += count;
    }

    public void advanceLine() {
        position++;
        line++;
        lineStart = offset();
    }

    /** Moves past white space between JSON tokens and returns the next byte. */
    public int token() {
        int next = peek();
        while (next <= ' ') {
            switch (next) {
                case ' ', '\t' -> advance();
                case '\r' -> {
                    firstBreak.note(line, lineStart, offset());
                    advance();
                }
                case '\n' -> {
                    firstBreak.note(line, lineStart, offset());
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

    /** Moves past ASCII characters that need no escape in a JSON string and returns the next byte. */
    public int skipPlainText() {
        position = SwarBytes.plainTextEnd(bytes, position);
        return peek();
    }

    /** Number of ASCII characters ahead that need no escape in a JSON string and are not {@code stop}; zero at the end of the window. */
    public int plainTextLength(int stop) {
        return SwarBytes.plainTextLength(bytes, position, stop);
    }

    public int skipDigits() {
        int digits = 0;
        int next = peek();
        while (next >= '0' && next <= '9') {
            digits++;
            position++;
            next = peek();
        }
        return digits;
    }

    /** Moves past the non-ASCII character at the current position and returns its length in bytes. */
    public int skipCharacter() {
        int length = checkCharacter();
        position += length;
        return length;
    }

    /** As {@link #skipCharacter()}, without moving. */
    public int checkCharacter() {
        require(4);
        int length = Utf8.length(bytes, position);
        if (length == 0) {
            throw problem(
                    ProblemType.INVALID_ENCODING, "A dataset is UTF-8, and the bytes here are not. Save it as UTF-8.");
        }
        return length;
    }

    /** Moves past {@code expected} if it comes next. */
    public boolean skip(byte... expected) {
        require(expected.length);
        if (end - position < expected.length
                || !Arrays.equals(bytes, position, position + expected.length, expected, 0, expected.length)) {
            return false;
        }
        position += expected.length;
        return true;
    }

    public boolean skipByteOrderMark() {
        return skip(BYTE_ORDER_MARK);
    }

    /** Copies up to {@code length} bytes ahead, without moving. */
    public byte[] lookAhead(int length) {
        require(length);
        return Arrays.copyOfRange(bytes, position, position + Math.min(length, end - position));
    }

    /** The byte at that distance ahead, or {@link #END}. */
    public int peekAhead(int distance) {
        require(distance + 1);
        return position + distance < end ? bytes[position + distance] & 0xFF : END;
    }

    private void require(int length) {
        boolean more = true;
        while (more && end - position < length) {
            more = fill();
        }
    }

    /** Keeps every byte from here on until the record ends. */
    public void beginRecord() {
        recordStart = position;
        firstBreak.reset();
    }

    /** Ends the current record, which is JSON, and returns it as one line, valid until the buffer moves. */
    public ByteBuffer endJsonRecord() {
        int start = recordStart;
        boolean isOneLine = !firstBreak.isNoted();
        endRecord();
        int lineEnd = isOneLine ? position : LineBreakRemover.join(bytes, start, position);
        return ByteBuffer.wrap(bytes, start, lineEnd - start);
    }

    public void endRecord() {
        if (position - recordStart > maxRecordBytes) {
            throw recordTooLarge();
        }
        recordStart = NO_RECORD;
        record++;
        firstBreak.reset();
    }

    /** Ends the current value without counting it as a record. */
    public void dropRecord() {
        recordStart = NO_RECORD;
    }

    /** Whether there was a line break outside of strings in the current record or, between records, since the last one. */
    public boolean brokeLine() {
        return firstBreak.isNoted();
    }

    /** Position of the first of these line breaks. */
    public Position lineBreak() {
        return firstBreak.position(record);
    }

    /** The bytes received of the current record, which may be incomplete. */
    public ByteBuffer held() {
        return ByteBuffer.wrap(bytes, recordStart, end - recordStart);
    }

    /** The window, for reading bytes of the current record in place. */
    public byte[] bytes() {
        return bytes;
    }

    /** Index of the current position in {@link #bytes()}; changes when the buffer moves. */
    public int position() {
        return position;
    }

    /** The current position relative to the start of the record. */
    public int inRecord() {
        return position - recordStart;
    }

    /** Index of the first byte of the record in {@link #bytes()}; changes when the buffer moves. */
    public int recordStart() {
        return recordStart;
    }

    long offset() {
        return offsetOfFirst + position;
    }

    public Position here() {
        return new Position(record, line, offset() - lineStart + 1, offset());
    }

    public ProblemException problem(ProblemType type, String detail) {
        return new ProblemException(type, detail, here());
    }

    /** Reads more; false at the end of the upload. Discards the bytes before the current record, or before the position between records. */
    private boolean fill() {
        discard(recordStart == NO_RECORD ? position : recordStart);
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

    private void discard(int count) {
        if (count == 0) {
            return;
        }
        System.arraycopy(bytes, count, bytes, 0, end - count);
        offsetOfFirst += count;
        position -= count;
        end -= count;
        recordStart = recordStart == NO_RECORD ? NO_RECORD : 0;
    }

    /** Enlarges the window when one record fills it. */
    private void grow() {
        if (recordStart != NO_RECORD && end > maxRecordBytes) {
            throw recordTooLarge();
        }
        int capacity = (int) Math.min(2L * end, Math.max(maxRecordBytes, end) + 64L * 1024);
        bytes = Arrays.copyOf(bytes, capacity + GUARD);
    }

    public ProblemException recordTooLarge() {
        return problem(
                ProblemType.RECORD_TOO_LARGE,
                "A record has at most %d bytes, and this one is longer. Split it or shorten it."
                        .formatted(maxRecordBytes));
    }

    public static ProblemException empty() {
        return new ProblemException(
                ProblemType.EMPTY_BODY, "There is nothing in the upload. Send at least one record.");
    }
}
