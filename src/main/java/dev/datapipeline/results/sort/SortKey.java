package dev.datapipeline.results.sort;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Locale;

/**
 * Values as bytes that are in the same order as the values: numbers as doubles, then texts without regard to case, false and true, lists and
 * objects by their kind. Null and what is missing come last, in both directions.
 */
final class SortKey {
    /** Bytes of a key after its first one; what is equal so far keeps the order of the input. */
    static final int MOST_BYTES = 63;

    static final byte NULL = 100;
    static final byte[] MISSING = {101};

    private static final byte NUMBER = 1;
    private static final byte TEXT = 2;
    private static final byte BOOLEAN = 3;
    private static final byte LIST = 4;
    private static final byte OBJECT = 5;

    private SortKey() {}

    /** Whether the key stays behind all values when these are sorted downwards. */
    static boolean isLast(byte first) {
        return first >= NULL;
    }

    static byte[] of(long number) {
        return of((double) number);
    }

    static byte[] of(double number) {
        long bits = Double.doubleToLongBits(number == 0 ? 0 : number);
        // Negative numbers are in the opposite order of their bits.
        long ordered = bits < 0 ? ~bits : bits ^ Long.MIN_VALUE;
        return ByteBuffer.allocate(1 + Long.BYTES).put(NUMBER).putLong(ordered).array();
    }

    static byte[] of(String text) {
        byte[] bytes = text.substring(0, Math.min(text.length(), MOST_BYTES))
                .toLowerCase(Locale.ROOT)
                .getBytes(UTF_8);
        int length = Math.min(bytes.length, MOST_BYTES);
        return ByteBuffer.allocate(1 + length).put(TEXT).put(bytes, 0, length).array();
    }

    /** The key of the value at which the parser stands. */
    static byte[] of(JsonParser parser) throws IOException {
        JsonToken token = parser.currentToken();
        return switch (token) {
            case VALUE_STRING -> of(parser.getText());
            case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> of(Double.parseDouble(parser.getText()));
            case VALUE_FALSE -> new byte[] {BOOLEAN, 0};
            case VALUE_TRUE -> new byte[] {BOOLEAN, 1};
            case START_ARRAY -> new byte[] {LIST};
            case START_OBJECT -> new byte[] {OBJECT};
            default -> new byte[] {NULL};
        };
    }
}
