package dev.datapipeline.json;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.util.Arrays;

/**
 * The grammar of RFC 8259 as a table: the next state for each state and byte. Control characters, line breaks among them, belong to no
 * state, and strings take well-formed UTF-8 only (table 3-7 of the Unicode Standard). Where nesting, names or lengths matter, the table
 * gives an action in place of a state.
 */
final class JsonStateMachine {
    /** Not JSON. No byte leads out of it. */
    static final int BAD = 0;

    static final int AFTER_VALUE = 1;
    static final int VALUE = 2;
    static final int FIRST_NAME = 3;
    static final int NEXT_NAME = 4;
    static final int COLON = 5;
    static final int FIRST_ELEMENT = 6;
    static final int OBJECT_ONLY = 7;
    static final int TEXT_ONLY = 8;
    private static final int MINUS = 9;
    private static final int ZERO = 10;
    private static final int DIGITS = 11;
    private static final int POINT = 12;
    private static final int FRACTION = 13;
    private static final int EXPONENT = 14;
    private static final int SIGN = 15;
    private static final int EXPONENT_DIGITS = 16;
    private static final int FIRST_OF_WORDS = 17;

    /** States of a string begin here; those of a name are the same, {@link #NAME} less {@link #STRING} further on. */
    static final int STRING = 27;

    static final int NAME = 40;
    private static final int STATES = 53;

    /** From here on an action. */
    static final int ACTIONS = 64;

    static final int OPEN_OBJECT = 64;
    static final int OPEN_ARRAY = 65;
    static final int CLOSE_OBJECT = 66;
    static final int CLOSE_ARRAY = 67;
    static final int COMMA = 68;
    static final int BEGIN_STRING = 69;
    static final int BEGIN_NAME = 70;
    static final int END_NAME = 71;
    static final int ESCAPE_IN_NAME = 72;
    static final int SPACE_AFTER_NUMBER = 73;
    private static final int BEGIN_NUMBER = 80;

    private final byte[] table = new byte[STATES << Byte.SIZE];

    private JsonStateMachine() {}

    /** The state or action for a state and a byte stands at {@code state << 8 | byte}. */
    static byte[] table() {
        JsonStateMachine states = new JsonStateMachine();
        states.values();
        states.structure();
        states.numbers();
        states.word(FIRST_OF_WORDS, "true");
        states.word(FIRST_OF_WORDS + 3, "null");
        states.word(FIRST_OF_WORDS + 6, "false");
        states.string(STRING, BEGIN_STRING, AFTER_VALUE, STRING + 1);
        states.string(NAME, NAME, END_NAME, ESCAPE_IN_NAME);
        return states.table;
    }

    /** Whether what an action begins is a number, and the state it begins in. */
    static boolean beginsNumber(int action) {
        return action >= BEGIN_NUMBER;
    }

    static int numberState(int action) {
        return action - BEGIN_NUMBER;
    }

    static boolean isInNumber(int state) {
        return state >= MINUS && state <= EXPONENT_DIGITS;
    }

    static boolean isInName(int state) {
        return state >= NAME;
    }

    private void values() {
        for (int state : new int[] {VALUE, FIRST_ELEMENT}) {
            on(state, "{", OPEN_OBJECT);
            on(state, "[", OPEN_ARRAY);
            on(state, "\"", BEGIN_STRING);
            on(state, "-", BEGIN_NUMBER + MINUS);
            on(state, "0", BEGIN_NUMBER + ZERO);
            on(state, "123456789", BEGIN_NUMBER + DIGITS);
            on(state, "t", FIRST_OF_WORDS);
            on(state, "n", FIRST_OF_WORDS + 3);
            on(state, "f", FIRST_OF_WORDS + 6);
        }
        on(FIRST_ELEMENT, "]", CLOSE_ARRAY);
        on(OBJECT_ONLY, "{", OPEN_OBJECT);
        on(TEXT_ONLY, "\"", BEGIN_STRING);
    }

    private void structure() {
        for (int state = AFTER_VALUE; state <= FIRST_ELEMENT; state++) {
            on(state, " ", state);
        }
        on(AFTER_VALUE, ",", COMMA);
        on(AFTER_VALUE, "}", CLOSE_OBJECT);
        on(AFTER_VALUE, "]", CLOSE_ARRAY);
        on(FIRST_NAME, "\"", BEGIN_NAME);
        on(FIRST_NAME, "}", CLOSE_OBJECT);
        on(NEXT_NAME, "\"", BEGIN_NAME);
        on(COLON, ":", VALUE);
    }

    private void numbers() {
        on(MINUS, "0", ZERO);
        on(MINUS, "123456789", DIGITS);
        on(DIGITS, "0123456789", DIGITS);
        on(POINT, "0123456789", FRACTION);
        on(FRACTION, "0123456789", FRACTION);
        on(EXPONENT, "+-", SIGN);
        for (int state : new int[] {EXPONENT, SIGN, EXPONENT_DIGITS}) {
            on(state, "0123456789", EXPONENT_DIGITS);
        }
        for (int state : new int[] {ZERO, DIGITS}) {
            on(state, ".", POINT);
        }
        for (int state : new int[] {ZERO, DIGITS, FRACTION}) {
            on(state, "eE", EXPONENT);
        }
        for (int state : new int[] {ZERO, DIGITS, FRACTION, EXPONENT_DIGITS}) {
            on(state, ",", COMMA);
            on(state, "}", CLOSE_OBJECT);
            on(state, "]", CLOSE_ARRAY);
            on(state, " ", SPACE_AFTER_NUMBER);
        }
    }

    /** @param from state after the first letter */
    private void word(int from, String word) {
        int state = from;
        for (int i = 1; i < word.length(); i++) {
            on(state, word.substring(i, i + 1), i == word.length() - 1 ? AFTER_VALUE : state + 1);
            state++;
        }
    }

    /**
     * Thirteen states: in the string; after a backslash; before four, three, two, one hexadecimal digits; before one, two, three bytes of
     * a character; and before the second byte of those that may not have every second byte.
     *
     * @param string state or action in the string
     */
    private void string(int from, int string, int end, int escape) {
        int digits = from + 2;
        int one = from + 6;
        int two = from + 7;
        int three = from + 8;
        range(from, ' ', 0x7F, from);
        on(from, "\"", end);
        on(from, "\\", escape);
        on(from + 1, "\"\\/bfnrt", string);
        on(from + 1, "u", digits);
        for (int digit = 0; digit < 4; digit++) {
            on(digits + digit, "0123456789abcdefABCDEF", digit == 3 ? string : digits + digit + 1);
        }
        range(from, 0xC2, 0xDF, one);
        range(from, 0xE1, 0xEF, two);
        range(from, 0xF1, 0xF3, three);
        range(one, 0x80, 0xBF, string);
        range(two, 0x80, 0xBF, one);
        range(three, 0x80, 0xBF, two);
        second(from, 0xE0, from + 9, 0xA0, 0xBF, one);
        second(from, 0xED, from + 10, 0x80, 0x9F, one);
        second(from, 0xF0, from + 11, 0x90, 0xBF, two);
        second(from, 0xF4, from + 12, 0x80, 0x8F, two);
    }

    private void second(int from, int first, int state, int least, int most, int next) {
        range(from, first, first, state);
        range(state, least, most, next);
    }

    private void on(int state, String bytes, int next) {
        for (byte value : bytes.getBytes(ISO_8859_1)) {
            range(state, value, value, next);
        }
    }

    private void range(int state, int first, int last, int next) {
        int row = state << Byte.SIZE;
        Arrays.fill(table, row | first, (row | last) + 1, (byte) next);
    }
}
