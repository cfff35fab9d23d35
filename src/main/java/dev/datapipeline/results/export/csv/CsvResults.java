package dev.datapipeline.results.export.csv;

import dev.datapipeline.csv.CsvOptions;
import dev.datapipeline.csv.CsvRow;
import dev.datapipeline.problem.ProblemException;
import dev.datapipeline.results.scan.RecordVisitor;
import java.io.IOException;
import java.io.OutputStream;
import java.util.List;

/**
 * Results as a table in two passes over the same records, so that the header can name every column: a column for each key of the final
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
        write(new CsvSink(target, options));
    }

    /** @throws ProblemException OUT_OF_RANGE for what the document cannot hold, before anything is written */
    public void write(TableSink sink) throws IOException {
        CsvColumns columns = new CsvColumns(layout.prefixes());
        layout.addFixed(columns);
        ColumnFinder finder = new ColumnFinder(columns, sink);
        records.visit(layout.cells(finder));
        sink.checkRows(finder.rows());
        if (columns.names().isEmpty()) {
            writeWithoutKeys(sink, finder.rows());
        } else {
            sink.writeHeader(columns.names());
            records.visit(layout.cells(new RowWriter(columns, sink)));
        }
        sink.end();
    }

    /** Records without keys are rows of one column without a name; without records there is no column. */
    private static void writeWithoutKeys(TableSink sink, long rows) throws IOException {
        sink.writeHeader(rows == 0 ? List.of() : List.of(""));
        CsvRow empty = new CsvRow(1);
        for (long i = 0; i < rows; i++) {
            sink.write(empty);
        }
    }

    private static final class ColumnFinder implements CsvCells.Table {
        private final CsvColumns columns;
        private final TableSink sink;
        private long rows;

        ColumnFinder(CsvColumns columns, TableSink sink) {
            this.columns = columns;
            this.sink = sink;
        }

        @Override
        public void cell(int part, String key, CsvRow.CellKind kind, String text) {
            columns.add(part, key);
            sink.check(columns.column(part, key), kind, text);
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
        private final TableSink sink;
        private final CsvRow row;

        RowWriter(CsvColumns columns, TableSink sink) {
            this.columns = columns;
            this.sink = sink;
            this.row = new CsvRow(columns.names().size());
        }

        @Override
        public void cell(int part, String key, CsvRow.CellKind kind, String text) {
            row.set(columns.column(part, key), kind, text);
        }

        @Override
        public void endRow() throws IOException {
            sink.write(row);
            row.clear();
        }
    }
}
