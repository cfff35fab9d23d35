package dev.datapipeline.record;

import dev.datapipeline.dataset.RecordLines;
import dev.datapipeline.engine.RecordStatus;
import dev.datapipeline.result.ResultCursor;
import dev.datapipeline.run.BatchRow;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;

/** Takes every finished record of a view apart into cells, then says that its row is complete. */
final class CsvCells implements RecordVisitor {
    private final StageLabels labels;
    private final boolean isFinal;
    private final FlatObject.Cells cells;
    private final RowEnd rowEnd;
    private final ByteArrayOutputStream value = new ByteArrayOutputStream();

    interface RowEnd {
        void end() throws IOException;
    }

    CsvCells(StageLabels labels, boolean isFinal, FlatObject.Cells cells, RowEnd rowEnd) {
        this.labels = labels;
        this.isFinal = isFinal;
        this.cells = cells;
        this.rowEnd = rowEnd;
    }

    @Override
    public void finished(long index, RecordLines raw, ResultCursor result) throws IOException {
        if (!isFinal) {
            states(raw, result);
            rowEnd.end();
            return;
        }
        if (result.status() == RecordStatus.SUCCEEDED) {
            result.writeValue(result.values() - 1, value);
            flatten("");
            rowEnd.end();
        }
    }

    @Override
    public void unfinished(long index, RecordLines raw, BatchRow batch) throws IOException {
        if (isFinal || batch.error() == null) {
            return;
        }
        raw.writeRecord(value);
        flatten("raw.");
        error(batch.error().code(), batch.error().message());
        rowEnd.end();
    }

    private void states(RecordLines raw, ResultCursor result) throws IOException {
        raw.writeRecord(value);
        flatten("raw.");
        for (int i = 0; i < result.values(); i++) {
            result.writeValue(i, value);
            flatten(labels.name(result.ordinal(i)) + ".");
        }
        if (result.status() != RecordStatus.SUCCEEDED) {
            result.writeDetail(value);
            detail(result.status(), takeValue());
        }
    }

    private void detail(RecordStatus status, byte[] json) throws IOException {
        if (status == RecordStatus.SKIPPED) {
            cells.cell("skipped", FlatObject.string(json), true);
            return;
        }
        Map<String, String> error = new HashMap<>();
        FlatObject.read(json, (key, text, isText) -> error.put(key, text));
        error(error.getOrDefault("type", ""), error.getOrDefault("message", ""));
    }

    private void error(String type, String message) throws IOException {
        cells.cell("error", type + ": " + message, true);
    }

    private void flatten(String prefix) throws IOException {
        FlatObject.read(takeValue(), (key, text, isText) -> cells.cell(prefix + key, text, isText));
    }

    private byte[] takeValue() {
        byte[] taken = value.toByteArray();
        value.reset();
        return taken;
    }
}
