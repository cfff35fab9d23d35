package dev.datapipeline.dataset;

import dev.datapipeline.problem.ProblemException;
import dev.datapipeline.problem.ProblemType;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Reads RFC 4180: a line of column names, then a record per line, every value a JSON string. Lines end with LF or CRLF. Empty lines
 * are passed over, but in a file of one column an empty line is an empty value.
 */
final class CsvReader implements RecordReader {
    private static final int MAX_COLUMNS = 10_000;

    private final UploadCursor cursor;
    private final FieldSummary summary;
    private final int maxRecordBytes;
    private final JsonLine line = new JsonLine();
    private final List<byte[]> names;

    CsvReader(UploadCursor cursor, FieldSummary summary, int maxRecordBytes) {
        this.cursor = cursor;
        this.summary = summary;
        this.maxRecordBytes = maxRecordBytes;
        this.names = header();
    }

    @Override
    public @Nullable ByteBuffer next() {
        if (names.size() > 1) {
            passEmptyLines();
        }
        if (cursor.peek() == UploadCursor.END) {
            return null;
        }
        cursor.beginRecord();
        row();
        endLine();
        cursor.endRecord();
        return line.view();
    }

    @Override
    public DatasetFormat format() {
        return DatasetFormat.CSV;
    }

    private void row() {
        line.clear();
        summary.beginRecord();
        for (int column = 0; column < names.size(); column++) {
            if (column > 0) {
                comma(column);
            }
            byte[] name = names.get(column);
            line.append(column == 0 ? '{' : ',');
            line.append(name);
            line.append(':');
            value();
            summary.find(name, 1, name.length - 1, true).count(JsonType.STRING);
        }
        line.append('}');
    }

    private void comma(int values) {
        if (cursor.peek() != ',') {
            throw isLineEnd()
                    ? invalid("This line has " + count(values) + ", and the header names " + names.size() + " columns.")
                    : afterValue();
        }
        cursor.advance();
    }

    /** The names of the columns as JSON strings. */
    private List<byte[]> header() {
        passEmptyLines();
        if (cursor.peek() == UploadCursor.END) {
            throw RecordReaders.emptyBody();
        }
        List<byte[]> columns = new ArrayList<>();
        Set<String> seen = new HashSet<>();
        boolean more = true;
        while (more) {
            columns.add(name(seen));
            if (columns.size() > MAX_COLUMNS) {
                throw invalid("A CSV file has at most " + MAX_COLUMNS + " columns.");
            }
            more = cursor.peek() == ',';
            if (more) {
                cursor.advance();
            }
        }
        if (!isLineEnd()) {
            throw afterValue();
        }
        endLine();
        return List.copyOf(columns);
    }

    private byte[] name(Set<String> seen) {
        line.clear();
        value();
        byte[] name = line.toByteArray();
        if (!seen.add(JsonText.decode(name, 1, name.length - 1, true))) {
            throw cursor.problem(
                    ProblemType.DUPLICATE_KEY, "The header names this column twice. Rename one of the two.");
        }
        return name;
    }

    private void value() {
        line.append('"');
        if (cursor.peek() == '"') {
            quotedValue();
        } else {
            plainValue();
        }
        line.append('"');
    }

    private void plainValue() {
        while (cursor.peek() != ',' && !isLineEnd()) {
            if (cursor.peek() == '"') {
                throw invalid(
                        "A value with a double quote in it stands in double quotes, and the quote is written twice.");
            }
            character();
        }
    }

    private void quotedValue() {
        cursor.advance();
        while (true) {
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

    private void character() {
        int next = cursor.peek();
        if (line.length() > maxRecordBytes) {
            throw cursor.recordTooLarge();
        }
        if (next == 0) {
            throw invalid("A text has no zero bytes. Is this a CSV file in UTF-8?");
        }
        if (next >= 0x80) {
            characterBeyondAscii();
            return;
        }
        line.appendEscaped(next);
        if (next == '\n') {
            cursor.advanceLine();
        } else {
            cursor.advance();
        }
    }

    private void characterBeyondAscii() {
        for (int left = cursor.checkCharacter(); left > 0; left--) {
            line.append(cursor.peek());
            cursor.advance();
        }
    }

    private void passEmptyLines() {
        while (cursor.peek() == '\n' || cursor.peek() == '\r') {
            endLine();
        }
    }

    private boolean isLineEnd() {
        int next = cursor.peek();
        return next == '\n' || next == '\r' || next == UploadCursor.END;
    }

    private void endLine() {
        if (cursor.peek() == ',') {
            throw invalid("This line has more values than the header names columns, which are " + names.size() + ".");
        }
        if (cursor.peek() == '\r') {
            cursor.advance();
            if (cursor.peek() != '\n') {
                throw invalid("A carriage return ends a line only before a line feed. Put the value in double quotes.");
            }
        }
        if (cursor.peek() == '\n') {
            cursor.advanceLine();
        } else if (cursor.peek() != UploadCursor.END) {
            throw afterValue();
        }
    }

    private ProblemException afterValue() {
        return invalid("Expected a comma or the end of the line after the closing quote.");
    }

    private ProblemException invalid(String detail) {
        return cursor.problem(ProblemType.INVALID_CSV, detail);
    }

    private static String count(int values) {
        return values == 1 ? "1 value" : values + " values";
    }
}
