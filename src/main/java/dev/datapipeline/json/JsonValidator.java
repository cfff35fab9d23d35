package dev.datapipeline.json;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;

/**
 * Tells of bytes that come piece by piece whether they are one JSON value in one line, by the same rules as an upload: RFC 8259 to the
 * letter, well-formed UTF-8, no name twice in an object, a bounded depth; and no number of more digits than Python reads. Builds nothing
 * and keeps no more than digests of the names in open objects. Not thread-safe.
 */
public final class JsonValidator {
    /** Of containers in each other, as the engine bounds them. */
    static final int DEEPEST = 500;

    /** {@code sys.int_info.default_max_str_digits} of Python. */
    static final int MOST_DIGITS = 4300;

    private static final int NO_NUMBER = Integer.MAX_VALUE;
    private static final long ONES = 0x0101010101010101L;
    private static final long HIGH_BITS = 0x8080808080808080L;
    private static final long QUOTES = ONES * '"';
    private static final long BACKSLASHES = ONES * '\\';
    private static final long SPACES = ONES * ' ';
    private static final byte[] TABLE = JsonStateMachine.table();

    private final OpenObjects objects = new OpenObjects();
    private final boolean[] isObject = new boolean[DEEPEST + 1];
    private final int[] marks = new int[DEEPEST + 1];
    private final ByteArrayOutputStream earlierPartOfName = new ByteArrayOutputStream();

    private int state;
    private int depth;
    private int at;

    /** Where the name in hand begins in the bytes in hand; when it is split, {@link #earlierPartOfName} stands before it. */
    private int nameStart;

    private boolean nameIsSplit;

    private boolean nameIsEscaped;

    /** Where the number in hand begins, counted from the bytes in hand; negative when it began before them. */
    private int numberStart = NO_NUMBER;

    /** Expects an object from here on. */
    public void beginObject() {
        begin(JsonStateMachine.OBJECT_ONLY);
    }

    /** Expects a string from here on. */
    public void beginText() {
        begin(JsonStateMachine.TEXT_ONLY);
    }

    private void begin(int first) {
        state = first;
        depth = 0;
        numberStart = NO_NUMBER;
        nameIsSplit = false;
        objects.clear();
    }

    /** Whether the bytes that were taken since the beginning are a whole value. */
    public boolean isWhole() {
        return state == JsonStateMachine.AFTER_VALUE && depth == 0;
    }

    /**
     * Takes the next bytes, from {@code from} to {@code to}; position and limit of the buffer, which is big endian, stay as they are.
     *
     * @return false when no bytes that follow could make it a value
     */
    public boolean take(ByteBuffer bytes, int from, int to) {
        nameStart = from;
        int current = state;
        int next = current == JsonStateMachine.STRING ? plainTextEnd(bytes, from, to) : from;
        while (next < to) {
            current = TABLE[current << Byte.SIZE | bytes.get(next++) & 0xFF];
            if (current >= JsonStateMachine.ACTIONS) {
                at = next;
                current = act(current, bytes, to);
                next = at;
            }
        }
        state = current;
        if (JsonStateMachine.isInName(state)) {
            keepName(bytes, to);
        }
        if (JsonStateMachine.isInNumber(state)) {
            numberStart -= to - from;
        }
        return state != JsonStateMachine.BAD;
    }

    private int act(int action, ByteBuffer bytes, int to) {
        return switch (action) {
            case JsonStateMachine.BEGIN_STRING -> {
                at = plainTextEnd(bytes, at, to);
                yield JsonStateMachine.STRING;
            }
            case JsonStateMachine.BEGIN_NAME -> {
                nameStart = at;
                nameIsEscaped = false;
                at = plainTextEnd(bytes, at, to);
                yield JsonStateMachine.NAME;
            }
            case JsonStateMachine.ESCAPE_IN_NAME -> {
                nameIsEscaped = true;
                yield JsonStateMachine.NAME + 1;
            }
            case JsonStateMachine.END_NAME -> endName(bytes);
            case JsonStateMachine.OPEN_OBJECT -> open(true, JsonStateMachine.FIRST_NAME);
            case JsonStateMachine.OPEN_ARRAY -> open(false, JsonStateMachine.FIRST_ELEMENT);
            case JsonStateMachine.COMMA -> isNumberTooLong() ? JsonStateMachine.BAD : comma();
            case JsonStateMachine.CLOSE_OBJECT -> isNumberTooLong() ? JsonStateMachine.BAD : close(true);
            case JsonStateMachine.CLOSE_ARRAY -> isNumberTooLong() ? JsonStateMachine.BAD : close(false);
            case JsonStateMachine.SPACE_AFTER_NUMBER ->
                isNumberTooLong() ? JsonStateMachine.BAD : JsonStateMachine.AFTER_VALUE;
            default -> beginNumber(JsonStateMachine.numberState(action), bytes);
        };
    }

    private int open(boolean opensObject, int inside) {
        if (depth == DEEPEST) {
            return JsonStateMachine.BAD;
        }
        depth++;
        isObject[depth] = opensObject;
        marks[depth] = objects.size();
        return inside;
    }

    private int close(boolean closesObject) {
        if (depth == 0 || isObject[depth] != closesObject || closesObject && !objects.close(marks[depth])) {
            return JsonStateMachine.BAD;
        }
        depth--;
        return JsonStateMachine.AFTER_VALUE;
    }

    private int comma() {
        if (depth == 0) {
            return JsonStateMachine.BAD;
        }
        return isObject[depth] ? JsonStateMachine.NEXT_NAME : JsonStateMachine.VALUE;
    }

    /** The sign does not count. */
    private int beginNumber(int first, ByteBuffer bytes) {
        numberStart = bytes.get(at - 1) == '-' ? at : at - 1;
        return first;
    }

    private boolean isNumberTooLong() {
        int length = at - 1 - numberStart;
        numberStart = NO_NUMBER;
        return length > MOST_DIGITS;
    }

    private int endName(ByteBuffer bytes) {
        int end = at - 1;
        if (!nameIsSplit) {
            objects.add(bytes, nameStart, end, nameIsEscaped);
            return JsonStateMachine.COLON;
        }
        keepName(bytes, end);
        ByteBuffer name = ByteBuffer.wrap(earlierPartOfName.toByteArray());
        nameIsSplit = false;
        objects.add(name, 0, name.limit(), nameIsEscaped);
        return JsonStateMachine.COLON;
    }

    /** Few names lie across two pieces. */
    private void keepName(ByteBuffer bytes, int end) {
        byte[] part = new byte[end - nameStart];
        bytes.get(nameStart, part);
        if (!nameIsSplit) {
            earlierPartOfName.reset();
        }
        earlierPartOfName.writeBytes(part);
        nameIsSplit = true;
    }

    /**
     * Goes past plain text, eight bytes at a time, and returns where a quote, a backslash, a control character or a byte beyond ASCII may
     * stand. A borrow can mark a plain byte before one of these, which costs a step and changes nothing.
     */
    private static int plainTextEnd(ByteBuffer bytes, int from, int to) {
        int next = from;
        while (next <= to - Long.BYTES) {
            long word = bytes.getLong(next);
            long quote = word ^ QUOTES;
            long backslash = word ^ BACKSLASHES;
            long special = ((word - SPACES) & ~word | (quote - ONES) & ~quote | (backslash - ONES) & ~backslash | word)
                    & HIGH_BITS;
            if (special != 0) {
                return next + (Long.numberOfLeadingZeros(special) >>> 3);
            }
            next += Long.BYTES;
        }
        return next;
    }
}
