package dev.datapipeline.record;

import dev.datapipeline.problem.ProblemException;
import dev.datapipeline.problem.ProblemType;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Results as CSV in two passes over the same records, so that the header can name every column: a column for each key of the final
 * values, or for the state table {@code raw.<key>}, {@code <stage>_<step>.<key>}, {@code error} and {@code skipped}.
 */
final class CsvResults {
    /** As many as the usual spreadsheet takes. */
    static final int MOST_COLUMNS = 16_384;

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

    /** @throws ProblemException OUT_OF_RANGE for too many columns, before anything is written */
    void write(OutputStream target) throws IOException {
        records.visit(new CsvCells(labels, isFinal, (key, text, isText) -> addColumn(key), () -> {}));
        CsvLines lines = new CsvLines(target);
        lines.writeHeader(columns.keySet());
        @Nullable String[] row = new @Nullable String[columns.size()];
        records.visit(new CsvCells(
                labels,
                isFinal,
                (key, text, isText) -> row[column(key)] = isText ? CsvLines.harmless(text) : text,
                () -> {
                    lines.write(row);
                    Arrays.fill(row, null);
                }));
    }

    private void addColumn(String key) {
        columns.putIfAbsent(key, columns.size());
        if (columns.size() > MOST_COLUMNS) {
            throw new ProblemException(
                    ProblemType.OUT_OF_RANGE,
                    "These results have more than %,d columns; take them as json or ndjson.".formatted(MOST_COLUMNS));
        }
    }

    private int column(String key) {
        Integer column = columns.get(key);
        if (column == null) {
            throw new IllegalStateException("the second pass met other records than the first");
        }
        return column;
    }
}
