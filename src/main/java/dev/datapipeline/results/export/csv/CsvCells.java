package dev.datapipeline.results.export.csv;

import dev.datapipeline.csv.CsvRow.CellKind;
import dev.datapipeline.dataset.RecordLines;
import dev.datapipeline.result.ResultReader;
import dev.datapipeline.results.export.columns.StageLabels;
import dev.datapipeline.results.scan.RecordVisitor;
import dev.datapipeline.run.store.batch.BatchRow;
import dev.datapipeline.sandbox.engine.RecordStatus;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Splits every finished record of a view into cells and then ends its row. */
public final class CsvCells implements RecordVisitor {
    private static final int RECORD = 0;
    private static final int RAW = 1;
    private static final int FIRST_STAGE = 2;

    private final boolean isFinal;
    private final Table table;
    private final ByteArrayOutputStream value = new ByteArrayOutputStream();

    public interface Table {
        /** @param part of the record that the key stands in, its place in {@link CsvLayout#prefixes} */
        void cell(int part, String key, CellKind kind, String text) throws IOException;

        void endRow() throws IOException;
    }

    CsvCells(boolean isFinal, Table table) {
        this.isFinal = isFinal;
        this.table = table;
    }

    /**
     * The prefix of the keys of each part of a state table. A dot ends the name of a stage; a backslash precedes dots and backslashes in the name of a step,
     * so that the key {@code b.c} of the step {@code a} differs from the key {@code c} of the step {@code a.b}.
     */
    static List<String> statePrefixes(StageLabels labels) {
        List<String> prefixes = new ArrayList<>(List.of("", "raw."));
        for (int i = 0; i < labels.size(); i++) {
            prefixes.add(labels.name(i).replace("\\", "\\\\").replace(".", "\\.") + ".");
        }
        return prefixes;
    }

    @Override
    public void finished(long index, RecordLines raw, ResultReader result) throws IOException {
        if (!isFinal) {
            states(raw, result);
            table.endRow();
            return;
        }
        if (result.status() == RecordStatus.SUCCEEDED) {
            result.writeValue(result.values() - 1, raw, value);
            flatten(RECORD);
            table.endRow();
        }
    }

    @Override
    public void unfinished(long index, RecordLines raw, BatchRow batch) throws IOException {
        if (isFinal || batch.error() == null) {
            return;
        }
        raw.writeRecord(value);
        flatten(RAW);
        error(batch.error().code(), batch.error().message(), RECORD, table);
        table.endRow();
    }

    private void states(RecordLines raw, ResultReader result) throws IOException {
        raw.writeRecord(value);
        flatten(RAW);
        for (int i = 0; i < result.values(); i++) {
            result.writeValue(i, raw, value);
            flatten(FIRST_STAGE + result.ordinal(i));
        }
        if (result.status() != RecordStatus.SUCCEEDED) {
            result.writeDetail(value);
            detail(result.status(), takeValue(), RECORD, table);
        }
    }

    /** Adds why a record has no result, in a column of the part. */
    static void detail(RecordStatus status, byte[] json, int part, Table table) throws IOException {
        if (status == RecordStatus.SKIPPED) {
            table.cell(part, "skipped", CellKind.TEXT, FlatObject.string(json));
            return;
        }
        Map<String, String> error = new HashMap<>();
        FlatObject.read(json, (key, kind, text) -> error.put(key, text));
        error(error.getOrDefault("type", ""), error.getOrDefault("message", ""), part, table);
    }

    static void error(String type, String message, int part, Table table) throws IOException {
        table.cell(part, "error", CellKind.TEXT, type + ": " + message);
    }

    private void flatten(int part) throws IOException {
        FlatObject.read(takeValue(), (key, kind, text) -> table.cell(part, key, kind, text));
    }

    private byte[] takeValue() {
        byte[] taken = value.toByteArray();
        value.reset();
        return taken;
    }
}
