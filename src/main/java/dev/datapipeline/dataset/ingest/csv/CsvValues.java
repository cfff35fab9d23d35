package dev.datapipeline.dataset.ingest.csv;

import dev.datapipeline.dataset.ingest.format.Separator;
import dev.datapipeline.dataset.ingest.input.UploadBuffer;
import dev.datapipeline.json.JsonLineBuilder;
import dev.datapipeline.problem.ProblemException;
import dev.datapipeline.problem.ProblemType;

/**
 * Reads the values of a table and the ends of its lines; each value goes to the end of a line of JSON, as a JSON string. Between tabs a
 * quote in the middle of a value means itself: such tables are mostly written without quoting.
 */
final class CsvValues {
    private final UploadBuffer buffer;
    private final JsonLineBuilder target;
    private final int maxBytes;
    private final char separator;
    private final boolean carriageReturns;

    /** @param maxBytes of {@code target} */
    CsvValues(UploadBuffer buffer, JsonLineBuilder target, int maxBytes, TableLayout layout) {
        this.buffer = buffer;
        this.target = target;
        this.maxBytes = maxBytes;
        this.separator = layout.separator().character();
        this.carriageReturns = layout.carriageReturns();
    }

    /** Moves past one value, up to the separator or line end after it. */
    void next() {
        target.append('"');
        if (buffer.peek() == '"') {
            quotedValue();
        } else {
            plainValue();
        }
        target.append('"');
    }

    boolean passSeparator() {
        if (buffer.peek() != separator) {
            return false;
        }
        buffer.advance();
        return true;
    }

    boolean isSeparator() {
        return buffer.peek() == separator;
    }

    boolean isLineEnd() {
        int next = buffer.peek();
        return next == '\n' || next == '\r' || next == UploadBuffer.END;
    }

    /** Moves past the end of the line, or rejects what comes instead. */
    void endLine() {
        if (buffer.peek() == '\r' && carriageReturns) {
            buffer.advanceLine();
            if (buffer.peek() == '\n') {
                buffer.advance();
            }
            return;
        }
        if (buffer.peek() == '\r') {
            buffer.advance();
            if (buffer.peek() != '\n') {
                throw invalid("A carriage return stands here without a line feed, and other lines of the file end with "
                        + "line feeds. Put the value in double quotes, or end all lines the same way.");
            }
        }
        if (buffer.peek() == '\n') {
            buffer.advanceLine();
        } else if (buffer.peek() != UploadBuffer.END) {
            throw afterQuote();
        }
    }

    void passEmptyLines() {
        while (buffer.peek() == '\n' || buffer.peek() == '\r') {
            endLine();
        }
    }

    ProblemException afterQuote() {
        return invalid("Expected " + new Separator(separator).words()
                + " or the end of the line after the closing quote. A quote inside a quoted value is written twice.");
    }

    ProblemException invalid(String detail) {
        return buffer.problem(ProblemType.INVALID_CSV, detail);
    }

    private void plainValue() {
        plainText(separator);
        while (buffer.peek() != separator && !isLineEnd()) {
            if (buffer.peek() == '"' && separator != '\t') {
                throw invalid("Put a value that contains a double quote in double quotes, and write the quote twice.");
            }
            character();
            plainText(separator);
        }
    }

    private void quotedValue() {
        buffer.advance();
        while (true) {
            plainText('"');
            int next = buffer.peek();
            if (next == UploadBuffer.END) {
                throw invalid("The upload ends inside a quoted value. Close the quote.");
            }
            if (next == '"') {
                buffer.advance();
                if (buffer.peek() != '"') {
                    return;
                }
            }
            character();
        }
    }

    private void plainText(int stop) {
        int length = buffer.plainTextLength(stop);
        target.append(buffer.bytes(), buffer.position(), length);
        buffer.advance(length);
        if (target.length() > maxBytes) {
            throw buffer.recordTooLarge();
        }
    }

    /** Handles what plain text ended at: an escape, a non-ASCII character, or plain text in the next part of the upload. */
    private void character() {
        int next = buffer.peek();
        if (next == 0) {
            throw invalid("The file contains a zero byte, so it is not text. Save it as CSV in UTF-8.");
        }
        if (next >= 0x80) {
            characterBeyondAscii();
            return;
        }
        target.appendEscaped(next);
        if (next == '\n') {
            buffer.advanceLine();
        } else {
            buffer.advance();
        }
    }

    private void characterBeyondAscii() {
        for (int left = buffer.checkCharacter(); left > 0; left--) {
            target.append(buffer.peek());
            buffer.advance();
        }
    }
}
