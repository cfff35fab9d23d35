package dev.datapipeline.results.export.csv;

import dev.datapipeline.csv.CsvOptions;
import dev.datapipeline.csv.CsvRow;
import dev.datapipeline.csv.CsvWriter;
import dev.datapipeline.problem.ProblemException;
import dev.datapipeline.results.scan.RecordVisitor;
import java.io.IOException;
import java.io.OutputStream;
import java.util.List;

/**
 * Results as CSV in two passes over the same records, so that the header can name every column: a column for each key of the final
 * values, or those that its layout names.
 */
public final class CsvResults {
    private final RecordChooser records;
    private final CsvLayout layout;
    private final CsvOptions options;

    public interface RecordChooser {
        void visit(RecordVisitor visitor) throws IOException;
    }

    public CsvResults(RecordChooser records, CsvLayout layout, CsvOptions options) {
        this.records = records;
        this.layout = layout;
        this.options = options;
    }

    /** @throws ProblemException OUT_OF_RANGE for too many columns, before anything is written */
    public void write(OutputStream target) throws IOException {
        CsvColumns columns = new CsvColumns(layout.prefixes());
        layout.addFixed(columns);
        ColumnFinder finder = new ColumnFinder(columns);
        records.visit(layout.cells(finder));
        CsvWriter writer = new CsvWriter(target, options);
        if (columns.names().isEmpty()) {
            writeWithoutKeys(writer, finder.rows());
            return;
        }
        writer.writeHeader(columns.names());
        records.visit(layout.cells(new RowWriter(columns, writer)));
    }

    /** Records without keys are rows of one column without a name; without records there is no column. */
    private static void writeWithoutKeys(CsvWriter writer, long rows) throws IOException {
        writer.writeHeader(rows == 0 ? List.of() : List.of(""));
        CsvRow empty = new CsvRow(1);
        for (long i = 0; i < rows; i++) {
            writer.write(empty);
        }
    }

    private static final class ColumnFinder implements CsvCells.Table {
        private final CsvColumns columns;
        private long rows;

        ColumnFinder(CsvColumns columns) {
            this.columns = columns;
        }

        @Override
        public void cell(int part, String key, CsvRow.CellKind kind, String text) {
            columns.add(part, key);
        }

        @Override
        public void endRow() {
            rows++;
        }

        long rows() {
            return rows;
        }
    }

    private static final class RowWriter implements CsvCells.Table {
        private final CsvColumns columns;
        private final CsvWriter writer;
        private final CsvRow row;

        RowWriter(CsvColumns columns, CsvWriter writer) {
            this.columns = columns;
            this.writer = writer;
            this.row = new CsvRow(columns.names().size());
        }

        @Override
        public void cell(int part, String key, CsvRow.CellKind kind, String text) {
            row.set(columns.column(part, key), kind, text);
        }

        @Override
        public void endRow() throws IOException {
            writer.write(row);
            row.clear();
        }
    }
}
