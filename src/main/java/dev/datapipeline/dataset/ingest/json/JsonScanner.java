package dev.datapipeline.dataset.ingest.json;

import dev.datapipeline.dataset.ingest.format.FieldSummary;
import dev.datapipeline.dataset.ingest.format.JsonType;
import dev.datapipeline.dataset.ingest.input.UploadBuffer;
import dev.datapipeline.json.DuplicateKeyDetector;
import dev.datapipeline.problem.Position;
import dev.datapipeline.problem.ProblemException;
import dev.datapipeline.problem.ProblemType;

/**
 * Moves the cursor past JSON values and lets nothing through that is not exactly RFC 8259: no comment, no trailing comma, no NaN, no
 * leading zero, no name twice in an object, no malformed UTF-8. Values are looked at, never built. Wants a record in hand.
 */
public final class JsonScanner {
    private static final int MAX_NAMES_OF_OBJECT = 100_000;
    private static final int MAX_NAME_BYTES = 64 * 1024;
    private static final byte[] TRUE = {'t', 'r', 'u', 'e'};
    private static final byte[] FALSE = {'f', 'a', 'l', 's', 'e'};
    private static final byte[] NULL = {'n', 'u', 'l', 'l'};

    private final UploadBuffer cursor;
    private final FieldSummary summary;
    private final int maxDepth;
    private final DuplicateKeyDetector names = new DuplicateKeyDetector();

    // The name last read, without its quotes, counted from the start of the record.
    private int nameStart;
    private int nameEnd;
    private boolean nameIsEscaped;

    public JsonScanner(UploadBuffer cursor, FieldSummary summary, int maxDepth) {
        this.cursor = cursor;
        this.summary = summary;
        this.maxDepth = maxDepth;
    }

    /** Moves past the object the cursor stands on and adds its fields to the summary. */
    void record() {
        int mark = names.size();
        summary.beginRecord();
        for (boolean more = hasFirst(1, '}'); more; more = hasNext('}')) {
            name(mark);
            int base = cursor.recordStart();
            FieldSummary.Field field = summary.find(cursor.bytes(), base + nameStart, base + nameEnd, nameIsEscaped);
            colon();
            field.count(value(2));
        }
        names.close(mark);
    }

    /**
     * Moves past any value and the space before it.
     *
     * @param depth how many containers the value is in, itself included if it is one
     */
    JsonType value(int depth) {
        return switch (cursor.token()) {
            case '"' -> {
                string();
                yield JsonType.STRING;
            }
            case '-', '0', '1', '2', '3', '4', '5', '6', '7', '8', '9' -> number();
            case '{' -> object(depth);
            case '[' -> array(depth);
            case 't' -> word(TRUE, JsonType.BOOLEAN);
            case 'f' -> word(FALSE, JsonType.BOOLEAN);
            case 'n' -> word(NULL, JsonType.NULL);
            default -> throw unexpected("a value");
        };
    }

    private JsonType object(int depth) {
        int mark = names.size();
        for (boolean more = hasFirst(depth, '}'); more; more = hasNext('}')) {
            name(mark);
            colon();
            value(depth + 1);
        }
        names.close(mark);
        return JsonType.OBJECT;
    }

    private JsonType array(int depth) {
        for (boolean more = hasFirst(depth, ']'); more; more = hasNext(']')) {
            value(depth + 1);
        }
        return JsonType.ARRAY;
    }

    /** Moves into a container; past the closing bracket already when there is nothing in it. */
    boolean hasFirst(int depth, char closing) {
        if (depth > maxDepth) {
            throw cursor.problem(
                    ProblemType.TOO_DEEP, "Objects and arrays stand in each other at most " + maxDepth + " deep.");
        }
        cursor.advance();
        if (cursor.token() != closing) {
            return true;
        }
        cursor.advance();
        return false;
    }

    /** Moves past a comma, or past the closing bracket. */
    boolean hasNext(char closing) {
        int next = cursor.token();
        if (next != ',' && next != closing) {
            throw unexpected("',' or '" + closing + "'");
        }
        cursor.advance();
        return next == ',';
    }

    void colon() {
        if (cursor.token() != ':') {
            throw unexpected("':'");
        }
        cursor.advance();
    }

    private void name(int mark) {
        if (cursor.token() != '"') {
            throw unexpected("a name in double quotes");
        }
        nameStart = cursor.inRecord() + 1;
        nameIsEscaped = string();
        nameEnd = cursor.inRecord() - 1;
        if (nameEnd - nameStart > MAX_NAME_BYTES) {
            throw tooLarge("A name has at most " + MAX_NAME_BYTES + " bytes.");
        }
        if (names.size() - mark == MAX_NAMES_OF_OBJECT) {
            throw tooLarge("An object has at most " + MAX_NAMES_OF_OBJECT + " names.");
        }
        if (!names.add(cursor.bytes(), cursor.recordStart(), nameStart, nameEnd, nameIsEscaped, mark)) {
            throw duplicateName(cursor.inRecord() - nameStart + 1);
        }
    }

    /** @param back bytes from the beginning of the name to the cursor */
    private ProblemException duplicateName(int back) {
        Position end = cursor.here();
        return new ProblemException(
                ProblemType.DUPLICATE_KEY,
                "This name stands in the object already. Rename or remove one of the two.",
                new Position(end.record(), end.line(), end.column() - back, end.byteOffset() - back));
    }

    private ProblemException tooLarge(String detail) {
        return cursor.problem(ProblemType.RECORD_TOO_LARGE, detail);
    }

    /** Returns whether anything in the string is escaped. */
    private boolean string() {
        cursor.advance();
        boolean escaped = false;
        while (true) {
            int next = cursor.skipPlainText();
            if (next == '"') {
                cursor.advance();
                return escaped;
            }
            if (next == '\\') {
                cursor.advance();
                escape();
                escaped = true;
            } else if (next >= 0x80) {
                cursor.skipCharacter();
            } else if (next < ' ') {
                throw cursor.problem(ProblemType.INVALID_JSON, SyntaxErrorText.inString(next));
            }
        }
    }

    private void escape() {
        switch (cursor.peek()) {
            case '"', '\\', '/', 'b', 'f', 'n', 'r', 't' -> cursor.advance();
            case 'u' -> {
                cursor.advance();
                for (int digit = 0; digit < 4; digit++) {
                    hexadecimalDigit();
                }
            }
            default -> throw unexpected("one of \" \\ / b f n r t u after the backslash");
        }
    }

    private void hexadecimalDigit() {
        if (Character.digit(Math.max(cursor.peek(), 0), 16) < 0) {
            throw unexpected("four hexadecimal digits after \\u");
        }
        cursor.advance();
    }

    private JsonType number() {
        if (cursor.peek() == '-') {
            cursor.advance();
        }
        if (cursor.peek() == '0') {
            cursor.advance();
            if (cursor.skipDigits() > 0) {
                throw cursor.problem(ProblemType.INVALID_JSON, "A number does not begin with a zero.");
            }
        } else {
            digits();
        }
        boolean isWhole = !hasFraction();
        return hasExponent() || !isWhole ? JsonType.NUMBER : JsonType.INTEGER;
    }

    private boolean hasFraction() {
        if (cursor.peek() != '.') {
            return false;
        }
        cursor.advance();
        digits();
        return true;
    }

    private boolean hasExponent() {
        int next = cursor.peek();
        if (next != 'e' && next != 'E') {
            return false;
        }
        cursor.advance();
        if (cursor.peek() == '+' || cursor.peek() == '-') {
            cursor.advance();
        }
        digits();
        return true;
    }

    private void digits() {
        if (cursor.skipDigits() == 0) {
            throw unexpected("a digit");
        }
    }

    private JsonType word(byte[] word, JsonType type) {
        if (!cursor.skip(word)) {
            throw unexpected("a value");
        }
        return type;
    }

    ProblemException unexpected(String wanted) {
        if (cursor.peek() >= 0x80) {
            cursor.checkCharacter();
        }
        return cursor.problem(ProblemType.INVALID_JSON, SyntaxErrorText.insteadOf(wanted, cursor.peek()));
    }
}
