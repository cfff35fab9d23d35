package dev.datapipeline.results.export.csv;

import dev.datapipeline.csv.CsvRow.CellKind;
import dev.datapipeline.dataset.RecordLines;
import dev.datapipeline.result.ResultReader;
import dev.datapipeline.results.export.columns.StageLabels;
import dev.datapipeline.results.export.columns.TableColumn;
import dev.datapipeline.results.export.columns.TableColumns;
import dev.datapipeline.results.scan.RecordVisitor;
import dev.datapipeline.run.store.attempt.AttemptNumbers;
import dev.datapipeline.run.store.batch.BatchRow;
import dev.datapipeline.sandbox.engine.RecordStatus;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** The chosen columns of a table: {@code _index}, {@code _status}, {@code _attempt}, {@code _error} and {@code _skipped}
 * first, then the fields of records. */
final class CsvTable implements CsvLayout {
    private static final int OF_RECORD = 0;
    private static final int VALUE = 1;
    private static final int RAW = 2;
    private static final int FIRST_STAGE = 3;

    /** Keys of values that would be taken for a column of the record get one underscore more. */
    private static final Pattern RESERVED = Pattern.compile("_+(index|status|attempt|error|skipped)");

    private final StageLabels labels;
    private final TableColumns columns;
    private final AttemptNumbers attempts;
    private final boolean isValueAlone;

    CsvTable(StageLabels labels, TableColumns columns, AttemptNumbers attempts) {
        this.labels = labels;
        this.columns = columns;
        this.attempts = attempts;
        this.isValueAlone = !columns.show(TableColumn.RAW) && !columns.show(TableColumn.STAGES);
    }

    @Override
    public List<String> prefixes() {
        List<String> states = CsvCells.statePrefixes(labels);
        List<String> prefixes = new ArrayList<>(List.of("_", isValueAlone ? "" : "value."));
        prefixes.addAll(states.subList(1, states.size()));
        return prefixes;
    }

    @Override
    public void addFixed(CsvColumns target) {
        if (columns.show(TableColumn.INDEX)) {
            target.add(OF_RECORD, "index");
        }
        if (columns.show(TableColumn.STATUS)) {
            target.add(OF_RECORD, "status");
        }
        if (columns.show(TableColumn.ATTEMPT)) {
            target.add(OF_RECORD, "attempt");
        }
        if (columns.show(TableColumn.ERROR)) {
            target.add(OF_RECORD, "error");
            target.add(OF_RECORD, "skipped");
        }
    }

    @Override
    public RecordVisitor cells(CsvCells.Table table) {
        return new Cells(table);
    }

    private final class Cells implements RecordVisitor {
        private final CsvCells.Table table;
        private final ByteArrayOutputStream value = new ByteArrayOutputStream();

        Cells(CsvCells.Table table) {
            this.table = table;
        }

        @Override
        public void finished(long index, RecordLines raw, ResultReader result) throws IOException {
            RecordStatus status = result.status();
            begin(index, status.name());
            if (columns.show(TableColumn.ATTEMPT)) {
                attempt(attempts.of(index));
            }
            if (status != RecordStatus.SUCCEEDED && columns.show(TableColumn.ERROR)) {
                result.writeDetail(value);
                CsvCells.detail(status, takeValue(), OF_RECORD, table);
            }
            if (columns.show(TableColumn.RAW)) {
                raw.writeRecord(value);
                flatten(RAW);
            }
            for (int i = 0; i < result.values() && columns.show(TableColumn.STAGES); i++) {
                result.writeValue(i, raw, value);
                flatten(FIRST_STAGE + result.ordinal(i));
            }
            if (status == RecordStatus.SUCCEEDED && columns.show(TableColumn.VALUE)) {
                result.writeValue(result.values() - 1, raw, value);
                flatten(VALUE);
            }
            table.endRow();
        }

        @Override
        public void unfinished(long index, RecordLines raw, BatchRow batch) throws IOException {
            if (!batch.status().isFinal()) {
                return;
            }
            begin(index, batch.status().name());
            if (batch.error() != null && columns.show(TableColumn.ATTEMPT)) {
                attempt(attempts.ofBroken(index));
            }
            if (batch.error() != null && columns.show(TableColumn.ERROR)) {
                CsvCells.error(batch.error().code(), batch.error().message(), OF_RECORD, table);
            }
            if (columns.show(TableColumn.RAW)) {
                raw.writeRecord(value);
                flatten(RAW);
            }
            table.endRow();
        }

        private void begin(long index, String status) throws IOException {
            if (columns.show(TableColumn.INDEX)) {
                table.cell(OF_RECORD, "index", CellKind.LITERAL, String.valueOf(index));
            }
            if (columns.show(TableColumn.STATUS)) {
                table.cell(OF_RECORD, "status", CellKind.TEXT, status);
            }
        }

        private void attempt(int number) throws IOException {
            if (number != AttemptNumbers.UNKNOWN) {
                table.cell(OF_RECORD, "attempt", CellKind.LITERAL, String.valueOf(number));
            }
        }

        private void flatten(int part) throws IOException {
            FlatObject.read(takeValue(), (key, kind, text) -> {
                if (columns.showField(key)) {
                    table.cell(part, part == VALUE ? valueKey(key) : key, kind, text);
                }
            });
        }

        private String valueKey(String key) {
            return isValueAlone && key.startsWith("_") && RESERVED.matcher(key).matches() ? "_" + key : key;
        }

        private byte[] takeValue() {
            byte[] taken = value.toByteArray();
            value.reset();
            return taken;
        }
    }
}
