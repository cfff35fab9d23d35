package dev.datapipeline.results.export;

import static java.nio.charset.StandardCharsets.US_ASCII;

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
import java.io.OutputStream;

/**
 * Writes one object per record that is final, with the chosen columns: {@code {"index": …, "status": …, "attempt"?: …, "error"|"skipped"?: …,
 * "raw": …, "stages": {"main_<step>": …}, "value"?: …}}.
 */
final class TableRowWriter implements RecordVisitor {
    private final StageLabels labels;
    private final TableColumns columns;
    private final AttemptNumbers attempts;
    private final JsonRowWriter rows;
    private boolean isFirst;

    TableRowWriter(StageLabels labels, TableColumns columns, AttemptNumbers attempts, JsonRowWriter rows) {
        this.labels = labels;
        this.columns = columns;
        this.attempts = attempts;
        this.rows = rows;
    }

    private interface Value {
        void writeTo(OutputStream target) throws IOException;
    }

    @Override
    public void finished(long index, RecordLines raw, ResultReader result) throws IOException {
        RecordStatus status = result.status();
        OutputStream target = open(index, status.name());
        if (columns.show(TableColumn.ATTEMPT)) {
            writeAttempt(attempts.of(index), target);
        }
        if (status != RecordStatus.SUCCEEDED && columns.show(TableColumn.ERROR)) {
            key(status == RecordStatus.FAILED ? "error" : "skipped", target);
            result.writeDetail(target);
        }
        writeRaw(raw, target);
        if (columns.show(TableColumn.STAGES)) {
            key("stages", target);
            target.write('{');
            for (int i = 0; i < result.values(); i++) {
                int value = i;
                target.write((i == 0 ? "" : ",").getBytes(US_ASCII));
                target.write(labels.key(result.ordinal(i)));
                writeFields(to -> result.writeValue(value, raw, to), target);
            }
            target.write('}');
        }
        if (status == RecordStatus.SUCCEEDED && columns.show(TableColumn.VALUE)) {
            key("value", target);
            writeFields(to -> result.writeValue(result.values() - 1, raw, to), target);
        }
        target.write('}');
    }

    @Override
    public void unfinished(long index, RecordLines raw, BatchRow batch) throws IOException {
        if (!batch.status().isFinal()) {
            return;
        }
        OutputStream target = open(index, batch.status().name());
        if (batch.error() != null && columns.show(TableColumn.ATTEMPT)) {
            writeAttempt(attempts.ofBroken(index), target);
        }
        if (batch.error() != null && columns.show(TableColumn.ERROR)) {
            key("error", target);
            target.write(RecordJsonWriter.error(batch.error()));
        }
        writeRaw(raw, target);
        target.write('}');
    }

    private OutputStream open(long index, String status) throws IOException {
        OutputStream target = rows.next();
        target.write('{');
        isFirst = true;
        if (columns.show(TableColumn.INDEX)) {
            key("index", target);
            target.write(String.valueOf(index).getBytes(US_ASCII));
        }
        if (columns.show(TableColumn.STATUS)) {
            key("status", target);
            target.write(('"' + status + '"').getBytes(US_ASCII));
        }
        return target;
    }

    private void writeAttempt(int attempt, OutputStream target) throws IOException {
        if (attempt != AttemptNumbers.UNKNOWN) {
            key("attempt", target);
            target.write(String.valueOf(attempt).getBytes(US_ASCII));
        }
    }

    private void writeRaw(RecordLines raw, OutputStream target) throws IOException {
        if (columns.show(TableColumn.RAW)) {
            key("raw", target);
            writeFields(raw::writeRecord, target);
        }
    }

    private void writeFields(Value object, OutputStream target) throws IOException {
        if (columns.fields().isEmpty()) {
            object.writeTo(target);
            return;
        }
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        object.writeTo(bytes);
        MemberFilter.write(bytes.toByteArray(), columns, target);
    }

    private void key(String name, OutputStream target) throws IOException {
        target.write(((isFirst ? "\"" : ",\"") + name + "\":").getBytes(US_ASCII));
        isFirst = false;
    }
}
