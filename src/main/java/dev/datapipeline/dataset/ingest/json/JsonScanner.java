package dev.datapipeline.dataset.ingest.json;

import dev.datapipeline.dataset.ingest.format.FieldSummary;
import dev.datapipeline.dataset.ingest.format.JsonType;
import dev.datapipeline.dataset.ingest.input.UploadBuffer;
import dev.datapipeline.json.DuplicateKeyDetector;
import dev.datapipeline.problem.Position;
import dev.datapipeline.problem.ProblemException;
import dev.datapipeline.problem.ProblemType;

/** Moves the buffer past JSON values and accepts exactly RFC 8259, without duplicate names. Builds no values. Needs a current record. */
public final class JsonScanner {
    private static final int MAX_NAMES_OF_OBJECT = 100_000;
    private static final int MAX_NAME_BYTES = 64 * 1024;
    private static final byte[] TRUE = {'t', 'r', 'u', 'e'};
    private static final byte[] FALSE = {'f', 'a', 'l', 's', 'e'};
    private static final byte[] NULL = {'n', 'u', 'l', 'l'};

    private final UploadBuffer buffer;
    private final FieldSummary summary;
    private final int maxDepth;
    private final DuplicateKeyDetector names = new DuplicateKeyDetector();

    // Bounds of the last name, without quotes, relative to the start of the record.
    private int nameStart;
    private int nameEnd;
    private boolean nameIsEscaped;

    public JsonScanner(UploadBuffer buffer, FieldSummary summary, int maxDepth) {
        this.buffer = buffer;
        this.summary = summary;
        this.maxDepth = maxDepth;
    }

    void record() {
        int mark = names.size();
        summary.beginRecord();
        for (boolean more = hasFirst(1, '}'); more; more = hasNext('}')) {
            name(mark);
            int base = buffer.recordStart();
            FieldSummary.Field field = summary.find(buffer.bytes(), base + nameStart, base + nameEnd, nameIsEscaped);
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
        return switch (buffer.token()) {
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

    /** Enters a container; if it is empty, moves past its closing bracket as well. */
    boolean hasFirst(int depth, char closing) {
        if (depth > maxDepth) {
            throw buffer.problem(
                    ProblemType.TOO_DEEP, "Objects and arrays may be nested at most " + maxDepth + " levels deep.");
        }
        buffer.advance();
        if (buffer.token() != closing) {
            return true;
        }
        buffer.advance();
        return false;
    }

    boolean hasNext(char closing) {
        int next = buffer.token();
        if (next != ',' && next != closing) {
            throw unexpected("',' or '" + closing + "'");
        }
        buffer.advance();
        return next == ',';
    }

    void colon() {
        if (buffer.token() != ':') {
            throw unexpected("':'");
        }
        buffer.advance();
    }

    private void name(int mark) {
        if (buffer.token() != '"') {
            throw unexpected("a name in double quotes");
        }
        nameStart = buffer.inRecord() + 1;
        nameIsEscaped = string();
        nameEnd = buffer.inRecord() - 1;
        if (nameEnd - nameStart > MAX_NAME_BYTES) {
            throw tooLarge("A name has at most " + MAX_NAME_BYTES + " bytes.");
        }
        if (names.size() - mark == MAX_NAMES_OF_OBJECT) {
            throw tooLarge("An object has at most " + MAX_NAMES_OF_OBJECT + " names.");
        }
        if (!names.add(buffer.bytes(), buffer.recordStart(), nameStart, nameEnd, nameIsEscaped, mark)) {
            throw duplicateName(buffer.inRecord() - nameStart + 1);
        }
    }

    /** @param back bytes from the beginning of the name to the buffer */
    private ProblemException duplicateName(int back) {
        Position end = buffer.here();
        return new ProblemException(
                ProblemType.DUPLICATE_KEY,
                "The object has two fields of this name. Rename or remove one of them.",
                new Position(end.record(), end.line(), end.column() - back, end.byteOffset() - back));
    }

    private ProblemException tooLarge(String detail) {
        return buffer.problem(ProblemType.RECORD_TOO_LARGE, detail);
    }

    /** Returns whether anything in the string is escaped. */
    private boolean string() {
        buffer.advance();
        boolean escaped = false;
        while (true) {
            int next = buffer.skipPlainText();
            if (next == '"') {
                buffer.advance();
                return escaped;
            }
            if (next == '\\') {
                buffer.advance();
                escape();
                escaped = true;
            } else if (next >= 0x80) {
                buffer.skipCharacter();
            } else if (next < ' ') {
                throw buffer.problem(ProblemType.INVALID_JSON, SyntaxErrorText.inString(next));
            }
        }
    }

    private void escape() {
        switch (buffer.peek()) {
            case '"', '\\', '/', 'b', 'f', 'n', 'r', 't' -> buffer.advance();
            case 'u' -> {
                buffer.advance();
                for (int digit = 0; digit < 4; digit++) {
                    hexadecimalDigit();
                }
            }
            default -> throw unexpected("one of \" \\ / b f n r t u after the backslash");
        }
    }

    private void hexadecimalDigit() {
        if (Character.digit(Math.max(buffer.peek(), 0), 16) < 0) {
            throw unexpected("four hexadecimal digits after \\u");
        }
        buffer.advance();
    }

    private JsonType number() {
        if (buffer.peek() == '-') {
            buffer.advance();
        }
        if (buffer.peek() == '0') {
            buffer.advance();
            if (buffer.skipDigits() > 0) {
                throw buffer.problem(
                        ProblemType.INVALID_JSON,
                        "A number must not begin with a zero. Remove the zero, or write it as text in quotes.");
            }
        } else {
            digits();
        }
        boolean isWhole = !hasFraction();
        return hasExponent() || !isWhole ? JsonType.NUMBER : JsonType.INTEGER;
    }

    private boolean hasFraction() {
        if (buffer.peek() != '.') {
            return false;
        }
        buffer.advance();
        digits();
        return true;
    }

    private boolean hasExponent() {
        int next = buffer.peek();
        if (next != 'e' && next != 'E') {
            return false;
        }
        buffer.advance();
        if (buffer.peek() == '+' || buffer.peek() == '-') {
            buffer.advance();
        }
        digits();
        return true;
    }

    private void digits() {
        if (buffer.skipDigits() == 0) {
            throw unexpected("a digit");
        }
    }

    private JsonType word(byte[] word, JsonType type) {
        if (!buffer.skip(word)) {
            throw unexpected("a value");
        }
        return type;
    }

    ProblemException unexpected(String wanted) {
        if (buffer.peek() >= 0x80) {
            buffer.checkCharacter();
        }
        return buffer.problem(ProblemType.INVALID_JSON, SyntaxErrorText.insteadOf(wanted, buffer.peek()));
    }
}
