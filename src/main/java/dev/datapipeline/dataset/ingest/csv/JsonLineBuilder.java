package dev.datapipeline.dataset.ingest.csv;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

final class JsonLineBuilder {
    private static final byte[] HEXADECIMAL = "0123456789abcdef".getBytes(StandardCharsets.US_ASCII);

    private byte[] bytes = new byte[1024];
    private int length;

    void clear() {
        length = 0;
    }

    int length() {
        return length;
    }

    /** Truncates the line to this length. */
    void truncate(int shorter) {
        length = shorter;
    }

    void append(int value) {
        ensure(1);
        bytes[length++] = (byte) value;
    }

    void append(byte[] source) {
        append(source, 0, source.length);
    }

    void append(byte[] source, int from, int count) {
        ensure(count);
        System.arraycopy(source, from, bytes, length, count);
        length += count;
    }

    /** Appends an ASCII character as it stands in a JSON string. */
    void appendEscaped(int character) {
        switch (character) {
            case '"', '\\' -> appendEscape(character);
            case '\n' -> appendEscape('n');
            case '\r' -> appendEscape('r');
            case '\t' -> appendEscape('t');
            default -> {
                if (character < ' ') {
                    appendUnicode(character);
                } else {
                    append(character);
                }
            }
        }
    }

    private void appendEscape(int letter) {
        append('\\');
        append(letter);
    }

    private void appendUnicode(int character) {
        appendEscape('u');
        append('0');
        append('0');
        append(HEXADECIMAL[character >> 4]);
        append(HEXADECIMAL[character & 0xF]);
    }

    byte[] toByteArray() {
        return Arrays.copyOf(bytes, length);
    }

    /** Valid until the line is changed. */
    ByteBuffer view() {
        return ByteBuffer.wrap(bytes, 0, length);
    }

    private void ensure(int more) {
        if (bytes.length - length < more) {
            bytes = Arrays.copyOf(bytes, Math.max(2 * bytes.length, length + more));
        }
    }
}
