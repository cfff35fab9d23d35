package dev.datapipeline.run;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.datapipeline.dataset.RecordLines;
import dev.datapipeline.sandbox.RecordStatus;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Results as CSV (RFC 4180) in two passes, so that the header can name every column: a column for each key of the final values, or for
 * the state table {@code raw.<key>}, {@code <stage>_<step>.<key>}, {@code error} and {@code skipped}.
 */
final class CsvResults {
    private static final String FORMULA_STARTS = "=+-@\t\r";

    private final RecordChooser records;
    private final StageLabels labels;
    private final boolean isFinal;
    private final Map<String, Integer> columns = new LinkedHashMap<>();

    /** Shows the records, the same ones each time. */
    interface RecordChooser {
        void visit(RecordVisitor visitor) throws IOException;
    }

    CsvResults(RecordChooser records, StageLabels labels, boolean isFinal) {
        this.records = records;
        this.labels = labels;
        this.isFinal = isFinal;
    }

    void write(OutputStream target) throws IOException {
        records.visit(new Rows((key, text, isText) -> columns.putIfAbsent(key, columns.size()), () -> {}));
        line(target, columns.keySet().toArray(new String[0]));
        @Nullable String[] cells = new @Nullable String[columns.size()];
        records.visit(new Rows((key, text, isText) -> cells[column(key)] = isText ? harmless(text) : text, () -> {
            line(target, cells);
            Arrays.fill(cells, null);
        }));
    }

    private int column(String key) {
        return columns.getOrDefault(key, 0);
    }

    /** A spreadsheet must not take a text for a formula. */
    private static String harmless(String text) {
        return !text.isEmpty() && FORMULA_STARTS.indexOf(text.charAt(0)) >= 0 ? "'" + text : text;
    }

    private static void line(OutputStream target, @Nullable String[] cells) throws IOException {
        StringBuilder line = new StringBuilder();
        for (int i = 0; i < cells.length; i++) {
            line.append(i == 0 ? "" : ",").append(quoted(cells[i]));
        }
        target.write(line.append("\r\n").toString().getBytes(UTF_8));
    }

    private static String quoted(@Nullable String cell) {
        if (cell == null) {
            return "";
        }
        boolean isPlain = cell.chars().noneMatch(c -> c == ',' || c == '"' || c == '\n' || c == '\r');
        return isPlain ? cell : "\"" + cell.replace("\"", "\"\"") + "\"";
    }

    private interface RowEnd {
        void end() throws IOException;
    }

    /** Takes every record of the view apart. */
    private final class Rows implements RecordVisitor {
        private final FlatObject.Cells cells;
        private final RowEnd rowEnd;
        private final ByteArrayOutputStream value = new ByteArrayOutputStream();

        Rows(FlatObject.Cells cells, RowEnd rowEnd) {
            this.cells = cells;
            this.rowEnd = rowEnd;
        }

        @Override
        public void finished(long index, RecordLines raw, ResultCursor result) throws IOException {
            if (isFinal) {
                if (result.status() == RecordStatus.SUCCEEDED) {
                    result.writeValue(result.values() - 1, value);
                    flatten("");
                    rowEnd.end();
                }
                return;
            }
            raw.writeRecord(value);
            flatten("raw.");
            for (int i = 0; i < result.values(); i++) {
                result.writeValue(i, value);
                flatten(labels.name(result.ordinal(i)) + ".");
            }
            if (result.status() != RecordStatus.SUCCEEDED) {
                result.writeDetail(value);
                detail(result.status() == RecordStatus.FAILED ? "error" : "skipped");
            }
            rowEnd.end();
        }

        @Override
        public void unfinished(long index, RecordLines raw, BatchRow batch) throws IOException {
            if (isFinal || batch.error() == null) {
                return;
            }
            raw.writeRecord(value);
            flatten("raw.");
            cells.cell("error", batch.error().code() + ": " + batch.error().message(), true);
            rowEnd.end();
        }

        private void flatten(String prefix) throws IOException {
            byte[] object = value.toByteArray();
            value.reset();
            FlatObject.read(object, (key, text, isText) -> cells.cell(prefix + key, text, isText));
        }

        private void detail(String column) throws IOException {
            cells.cell(column, value.toString(UTF_8), false);
            value.reset();
        }
    }
}
