package dev.datapipeline.ingest;

import dev.datapipeline.csv.CsvWriter;
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
    private final UploadCursor cursor;
    private final JsonLine line = new JsonLine();
    private final CsvValues values;
    private final List<Column> columns;

    /** What every record says of a column: its name as a JSON string with the colon, and that the value is a string. */
    private record Column(byte[] opening, FieldSummary.Field field) {}

    CsvReader(UploadCursor cursor, FieldSummary summary, int maxRecordBytes) {
        this.cursor = cursor;
        this.values = new CsvValues(cursor, line, maxRecordBytes);
        this.columns = header(summary);
    }

    @Override
    public @Nullable ByteBuffer next() {
        if (columns.size() > 1) {
            values.passEmptyLines();
        }
        if (cursor.peek() == UploadCursor.END) {
            return null;
        }
        cursor.beginRecord();
        row();
        cursor.endRecord();
        return line.view();
    }

    @Override
    public DatasetFormat format() {
        return DatasetFormat.CSV;
    }

    private void row() {
        line.clear();
        for (int index = 0; index < columns.size(); index++) {
            if (index > 0) {
                comma(index);
            }
            Column column = columns.get(index);
            line.append(index == 0 ? '{' : ',');
            line.append(column.opening());
            values.next();
            column.field().count(JsonType.STRING);
        }
        line.append('}');
        if (cursor.peek() == ',') {
            throw values.invalid(
                    "This line has more values than the header has names, which are " + columns.size() + ".");
        }
        values.endLine();
    }

    private void comma(int before) {
        if (cursor.peek() == ',') {
            cursor.advance();
            return;
        }
        if (!values.isLineEnd()) {
            throw values.afterQuote();
        }
        throw values.invalid(
                "This line ends after %d of the %d values that the header names.".formatted(before, columns.size()));
    }

    private List<Column> header(FieldSummary summary) {
        values.passEmptyLines();
        if (cursor.peek() == UploadCursor.END) {
            throw RecordReaders.emptyBody();
        }
        List<Column> named = new ArrayList<>();
        Set<String> names = new HashSet<>();
        named.add(column(names, summary));
        while (cursor.peek() == ',') {
            cursor.advance();
            named.add(column(names, summary));
        }
        values.endLine();
        return List.copyOf(named);
    }

    private Column column(Set<String> names, FieldSummary summary) {
        line.clear();
        values.next();
        byte[] name = line.toByteArray();
        if (!names.add(JsonText.decode(name, 1, name.length - 1, true))) {
            throw cursor.problem(
                    ProblemType.DUPLICATE_KEY, "The header names this column twice. Rename one of the two.");
        }
        if (names.size() > CsvWriter.MAX_COLUMNS) {
            throw values.invalid("A CSV file has at most " + CsvWriter.MAX_COLUMNS + " columns.");
        }
        line.append(':');
        return new Column(line.toByteArray(), summary.find(name, 1, name.length - 1, true));
    }
}
