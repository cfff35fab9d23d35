package dev.datapipeline.ingest;

import dev.datapipeline.problem.ProblemException;
import dev.datapipeline.problem.ProblemType;

/** Reads the values of CSV and the ends of its lines; each value goes to the end of a line of JSON, as a JSON string. */
final class CsvValues {
    private final UploadCursor cursor;
    private final JsonLine target;
    private final int maxBytes;

    /** @param maxBytes of {@code target} */
    CsvValues(UploadCursor cursor, JsonLine target, int maxBytes) {
        this.cursor = cursor;
        this.target = target;
        this.maxBytes = maxBytes;
    }

    /** Moves past one value, up to the comma or line end after it. */
    void next() {
        target.append('"');
        if (cursor.peek() == '"') {
            quotedValue();
        } else {
            plainValue();
        }
        target.append('"');
    }

    boolean isLineEnd() {
        int next = cursor.peek();
        return next == '\n' || next == '\r' || next == UploadCursor.END;
    }

    /** Moves past the end of the line, or refuses what is there instead. */
    void endLine() {
        if (cursor.peek() == '\r') {
            cursor.advance();
            if (cursor.peek() != '\n') {
                throw invalid("A carriage return ends a line only before a line feed. Put the value in double quotes.");
            }
        }
        if (cursor.peek() == '\n') {
            cursor.advanceLine();
        } else if (cursor.peek() != UploadCursor.END) {
            throw afterQuote();
        }
    }

    void passEmptyLines() {
        while (cursor.peek() == '\n' || cursor.peek() == '\r') {
            endLine();
        }
    }

    /** Only a quoted value can be followed by anything but a comma or the end of the line. */
    ProblemException afterQuote() {
        return invalid("Expected a comma or the end of the line after the closing quote.");
    }

    ProblemException invalid(String detail) {
        return cursor.problem(ProblemType.INVALID_CSV, detail);
    }

    private void plainValue() {
        plainText(',');
        while (cursor.peek() != ',' && !isLineEnd()) {
            if (cursor.peek() == '"') {
                throw invalid(
                        "A value with a double quote in it stands in double quotes, and the quote is written twice.");
            }
            character();
            plainText(',');
        }
    }

    private void quotedValue() {
        cursor.advance();
        while (true) {
            plainText('"');
            int next = cursor.peek();
            if (next == UploadCursor.END) {
                throw invalid("The upload ends inside a quoted value.");
            }
            if (next == '"') {
                cursor.advance();
                if (cursor.peek() != '"') {
                    return;
                }
            }
            character();
        }
    }

    private void plainText(int stop) {
        int length = cursor.plainTextLength(stop);
        target.append(cursor.bytes(), cursor.position(), length);
        cursor.advance(length);
        if (target.length() > maxBytes) {
            throw cursor.recordTooLarge();
        }
    }

    /** Whatever plain text ended at: an escape, a character beyond ASCII, or plain text in the next part of the upload. */
    private void character() {
        int next = cursor.peek();
        if (next == 0) {
            throw invalid("A text has no zero bytes. Is this a CSV file in UTF-8?");
        }
        if (next >= 0x80) {
            characterBeyondAscii();
            return;
        }
        target.appendEscaped(next);
        if (next == '\n') {
            cursor.advanceLine();
        } else {
            cursor.advance();
        }
    }

    private void characterBeyondAscii() {
        for (int left = cursor.checkCharacter(); left > 0; left--) {
            target.append(cursor.peek());
            cursor.advance();
        }
    }
}
