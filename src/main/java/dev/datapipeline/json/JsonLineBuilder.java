package dev.datapipeline.json;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;

/** Builds one line of JSON, byte by byte, and is used again for the next one. Not thread-safe. */
public final class JsonLineBuilder {
    private static final byte[] HEXADECIMAL = "0123456789abcdef".getBytes(StandardCharsets.US_ASCII);

    private byte[] bytes = new byte[1024];
    private int length;

    public void clear() {
        length = 0;
    }

    public int length() {
        return length;
    }

    /** Truncates the line to this length. */
    public void truncate(int shorter) {
        length = shorter;
    }

    public void append(int value) {
        ensure(1);
        bytes[length++] = (byte) value;
    }

    public void append(byte[] source) {
        append(source, 0, source.length);
    }

    public void append(byte[] source, int from, int count) {
        ensure(count);
        System.arraycopy(source, from, bytes, length, count);
        length += count;
    }

    /** Appends an ASCII character as it stands in a JSON string. */
    public void appendEscaped(int character) {
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

    /** Appends text as a JSON string, with its quotes. Half of a surrogate pair is written as an escape, which UTF-8 has no bytes for. */
    public void appendString(CharSequence text) {
        append('"');
        ensure(text.length());
        for (int index = 0; index < text.length(); index++) {
            char character = text.charAt(index);
            if (isPlain(character) && length < bytes.length) {
                bytes[length++] = (byte) character;
            } else if (character < 0x80) {
                appendEscaped(character);
            } else if (character < 0x800) {
                append(0xC0 | character >> 6);
                append(0x80 | character & 0x3F);
            } else if (isPair(text, index)) {
                appendPair(Character.toCodePoint(character, text.charAt(index + 1)));
                index++;
            } else if (Character.isSurrogate(character)) {
                appendEscape('u', HexFormat.of().toHexDigits(character));
            } else {
                append(0xE0 | character >> 12);
                append(0x80 | character >> 6 & 0x3F);
                append(0x80 | character & 0x3F);
            }
        }
        append('"');
    }

    private static boolean isPlain(char character) {
        return character >= ' ' && character < 0x80 && character != '"' && character != '\\';
    }

    private static boolean isPair(CharSequence text, int index) {
        return index + 1 < text.length() && Character.isSurrogatePair(text.charAt(index), text.charAt(index + 1));
    }

    private void appendPair(int codePoint) {
        append(0xF0 | codePoint >> 18);
        append(0x80 | codePoint >> 12 & 0x3F);
        append(0x80 | codePoint >> 6 & 0x3F);
        append(0x80 | codePoint & 0x3F);
    }

    /** Appends text that is ASCII, such as a number. */
    public void appendAscii(String text) {
        ensure(text.length());
        for (int index = 0; index < text.length(); index++) {
            bytes[length++] = (byte) text.charAt(index);
        }
    }

    private void appendEscape(int letter, String digits) {
        append('\\');
        append(letter);
        appendAscii(digits);
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

    public byte[] toByteArray() {
        return Arrays.copyOf(bytes, length);
    }

    /** Valid until the line is changed. */
    public ByteBuffer view() {
        return ByteBuffer.wrap(bytes, 0, length);
    }

    private void ensure(int more) {
        if (bytes.length - length < more) {
            bytes = Arrays.copyOf(bytes, Math.max(2 * bytes.length, length + more));
        }
    }
}
