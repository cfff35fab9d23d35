package dev.datapipeline.results.scan;

import java.io.OutputStream;

/** Searches JSON for a text as a person reads it: unescaped and case-insensitive, in linear time (Knuth, Morris, Pratt). */
final class JsonTextMatcher extends OutputStream {
    private static final int HEX_DIGITS = 4;

    private final char[] wanted;
    /** Failure function: by matched length, the length that still matches after a mismatch. */
    private final int[] fallback;

    private int matched;
    private boolean isFound;
    private boolean isEscape;
    private int hexDigitsLeft;
    private int pending;
    private int continuationLeft;

    JsonTextMatcher(String text) {
        wanted = new char[text.length()];
        for (int i = 0; i < wanted.length; i++) {
            wanted[i] = fold(text.charAt(i));
        }
        fallback = new int[wanted.length + 1];
        for (int i = 1, length = 0; i < wanted.length; i++) {
            while (length > 0 && wanted[i] != wanted[length]) {
                length = fallback[length];
            }
            length += wanted[i] == wanted[length] ? 1 : 0;
            fallback[i + 1] = length;
        }
    }

    /** Starts a new search. */
    void begin() {
        isFound = false;
        restart();
    }

    boolean isFound() {
        return isFound;
    }

    /** Searches an unescaped text, apart from what is written before and after. */
    void text(String text) {
        restart();
        for (int i = 0; i < text.length() && !isFound; i++) {
            match(text.charAt(i));
        }
    }

    /** Ends the current value: no match spans this point. */
    void separate() {
        restart();
    }

    /** Continues the current value. */
    @Override
    public void write(byte[] json, int offset, int length) {
        for (int i = offset; i < offset + length && !isFound; i++) {
            take(json[i] & 0xFF);
        }
    }

    @Override
    public void write(int value) {
        take(value & 0xFF);
    }

    private void restart() {
        matched = 0;
        isEscape = false;
        hexDigitsLeft = 0;
        continuationLeft = 0;
    }

    private void take(int value) {
        if (hexDigitsLeft > 0) {
            hexDigit(value);
        } else if (isEscape) {
            escaped(value);
        } else if (value == '\\') {
            isEscape = true;
        } else if (value < 0x80) {
            match((char) value);
        } else {
            partOfCharacter(value);
        }
    }

    private void escaped(int value) {
        isEscape = false;
        switch (value) {
            case 'u' -> {
                hexDigitsLeft = HEX_DIGITS;
                pending = 0;
            }
            case 'b' -> match('\b');
            case 'f' -> match('\f');
            case 'n' -> match('\n');
            case 'r' -> match('\r');
            case 't' -> match('\t');
            default -> match((char) value);
        }
    }

    private void hexDigit(int value) {
        pending = pending << 4 | Math.max(0, Character.digit(value, 16));
        hexDigitsLeft--;
        if (hexDigitsLeft == 0) {
            match((char) pending);
        }
    }

    /** Handles a byte of a multi-byte UTF-8 character. */
    private void partOfCharacter(int value) {
        if (value >= 0xC0) {
            continuationLeft = value >= 0xF0 ? 3 : value >= 0xE0 ? 2 : 1;
            pending = value & 0x3F >> continuationLeft;
            return;
        }
        pending = pending << 6 | value & 0x3F;
        continuationLeft--;
        if (continuationLeft == 0) {
            character(pending & 0x1FFFFF);
        }
    }

    private void character(int codePoint) {
        if (Character.isBmpCodePoint(codePoint)) {
            match((char) codePoint);
            return;
        }
        match(Character.highSurrogate(codePoint));
        match(Character.lowSurrogate(codePoint));
    }

    private void match(char read) {
        char next = fold(read);
        while (matched > 0 && wanted[matched] != next) {
            matched = fallback[matched];
        }
        matched += wanted[matched] == next ? 1 : 0;
        if (matched == wanted.length) {
            isFound = true;
            matched = fallback[matched];
        }
    }

    /** As {@link String#equalsIgnoreCase} compares. */
    private static char fold(char character) {
        return Character.toLowerCase(Character.toUpperCase(character));
    }
}
