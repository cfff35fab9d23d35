package dev.datapipeline.json;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * Checks whether bytes that arrive in pieces are one JSON value in one line, by the rules of an upload: RFC 8259, well-formed UTF-8, no key
 * twice in an object, a bounded depth; and no number with more digits than Python reads. Keeps digests of the keys of open objects and
 * nothing else. Not thread-safe.
 */
public final class JsonValidator {
    /** Containers in each other; the engine has the same limit. */
    static final int MAX_DEPTH = 500;

    /** {@code sys.int_info.default_max_str_digits} of Python. */
    static final int MAX_DIGITS = 4300;

    private static final int NO_NUMBER = Integer.MAX_VALUE;
    private static final long ONES = 0x0101010101010101L;
    private static final long HIGH_BITS = 0x8080808080808080L;
    private static final long QUOTES = ONES * '"';
    private static final long BACKSLASHES = ONES * '\\';
    private static final long SPACES = ONES * ' ';
    private static final byte[] TABLE = JsonStateMachine.table();

    private final KeyDigests keys = new KeyDigests();
    private final boolean[] isObject = new boolean[MAX_DEPTH + 1];
    private final int[] marks = new int[MAX_DEPTH + 1];
    private final ByteArrayOutputStream earlierPartOfName = new ByteArrayOutputStream();

    private int state;
    private int depth;
    private int at;

    /** Where the current key begins in the current bytes; if it began earlier, {@link #earlierPartOfName} precedes it. */
    private int nameStart;

    private boolean nameIsSplit;

    private boolean nameIsEscaped;

    /** Where the current number begins in the current bytes; negative when it began before them. */
    private int numberStart = NO_NUMBER;

    /** Where to note the members of the outermost object. */
    private @Nullable JsonMembers members;

    /** To be added to a place in the current bytes to get the place that is noted. */
    private int origin;

    /** Expects an object from here on. */
    public void beginObject() {
        begin(JsonStateMachine.OBJECT_ONLY);
    }

    /**
     * Expects an object from here on, and notes where its members lie.
     *
     * @param found counts on from the objects that were noted there before
     */
    public void beginObject(JsonMembers found) {
        beginObject();
        found.beginObject();
        members = found;
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
        members = null;
        keys.clear();
    }

    /**
     * Takes members of an object that this validator has validated before, as if their bytes had come.
     *
     * @return false when no members of the outermost object are due
     */
    public boolean takeMembers(JsonMembers source, int first, int last) {
        if (depth != 1 || state != JsonStateMachine.FIRST_NAME && state != JsonStateMachine.NEXT_NAME) {
            return false;
        }
        for (int member = first; member <= last; member++) {
            keys.add(source.digest(member));
        }
        state = JsonStateMachine.AFTER_VALUE;
        return true;
    }

    /**
     * Takes a text that is valid, as if its bytes had come.
     *
     * @return false when no value of the outermost object is due
     */
    public boolean takeText() {
        if (depth != 1 || state != JsonStateMachine.VALUE) {
            return false;
        }
        if (members != null) {
            members.leaveOutMember();
        }
        state = JsonStateMachine.AFTER_VALUE;
        return true;
    }

    /** Whether the bytes taken so far are a whole value. */
    public boolean isWhole() {
        return state == JsonStateMachine.AFTER_VALUE && depth == 0;
    }

    /**
     * Takes the bytes from {@code from} to {@code to}. Does not change position and limit of the buffer, which must be big endian.
     *
     * @return false when the bytes are the beginning of no value
     */
    public boolean take(ByteBuffer bytes, int from, int to) {
        nameStart = from;
        JsonMembers found = members;
        if (found != null) {
            origin = found.position() - from;
            found.skip(to - from);
        }
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
                if (members != null && depth == 1) {
                    members.beginText(origin + at - 1);
                }
                at = plainTextEnd(bytes, at, to);
                yield JsonStateMachine.STRING;
            }
            case JsonStateMachine.BEGIN_NAME -> {
                if (members != null && depth == 1) {
                    members.beginMember(origin + at - 1);
                }
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
        if (depth == MAX_DEPTH) {
            return JsonStateMachine.BAD;
        }
        depth++;
        isObject[depth] = opensObject;
        marks[depth] = keys.size();
        return inside;
    }

    private int close(boolean closesObject) {
        if (depth == 0 || isObject[depth] != closesObject || closesObject && !keys.close(marks[depth])) {
            return JsonStateMachine.BAD;
        }
        endMember();
        depth--;
        return JsonStateMachine.AFTER_VALUE;
    }

    private int comma() {
        if (depth == 0) {
            return JsonStateMachine.BAD;
        }
        endMember();
        return isObject[depth] ? JsonStateMachine.NEXT_NAME : JsonStateMachine.VALUE;
    }

    private void endMember() {
        if (members != null && depth == 1) {
            members.endMember(origin + at - 1);
        }
    }

    /** The sign does not count. */
    private int beginNumber(int first, ByteBuffer bytes) {
        numberStart = bytes.get(at - 1) == '-' ? at : at - 1;
        return first;
    }

    private boolean isNumberTooLong() {
        int length = at - 1 - numberStart;
        numberStart = NO_NUMBER;
        return length > MAX_DIGITS;
    }

    private int endName(ByteBuffer bytes) {
        int end = at - 1;
        if (nameIsSplit) {
            keepName(bytes, end);
            ByteBuffer name = ByteBuffer.wrap(earlierPartOfName.toByteArray());
            nameIsSplit = false;
            keys.add(name, 0, name.limit(), nameIsEscaped);
        } else {
            keys.add(bytes, nameStart, end, nameIsEscaped);
        }
        if (members != null && depth == 1) {
            members.nameMember(keys.last());
        }
        return JsonStateMachine.COLON;
    }

    /** Copies a key that continues in the next piece, which is rare. */
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
     * Skips plain text, eight bytes at a time, and returns the place of the first byte that may be a quote, a backslash, a control character
     * or not ASCII. The subtraction can carry and mark a plain byte, which costs one step more.
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
