package dev.datapipeline.results.export;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.datapipeline.dataset.RecordLines;
import dev.datapipeline.result.ResultReader;
import dev.datapipeline.results.export.columns.StageLabels;
import dev.datapipeline.results.scan.RecordVisitor;
import dev.datapipeline.run.store.batch.BatchRow;
import dev.datapipeline.sandbox.engine.RecordStatus;
import java.io.IOException;
import java.io.OutputStream;

/** Writes the state table, one object per finished record: {@code {"raw": …, "pre_<step>": …, "main_<step>": …, "error"|"skipped"?: …}}. */
public final class StateTableWriter implements RecordVisitor {
    private static final byte[] RAW = "{\"raw\":".getBytes(US_ASCII);
    private static final byte[] ERROR = ",\"error\":".getBytes(US_ASCII);
    private static final byte[] SKIPPED = ",\"skipped\":".getBytes(US_ASCII);

    private final StageLabels labels;
    private final JsonRowWriter rows;

    public StateTableWriter(StageLabels labels, JsonRowWriter rows) {
        this.labels = labels;
        this.rows = rows;
    }

    @Override
    public void finished(long index, RecordLines raw, ResultReader result) throws IOException {
        OutputStream target = rows.next();
        target.write(RAW);
        raw.writeRecord(target);
        for (int i = 0; i < result.values(); i++) {
            target.write(',');
            target.write(labels.key(result.ordinal(i)));
            result.writeValue(i, raw, target);
        }
        if (result.status() != RecordStatus.SUCCEEDED) {
            target.write(result.status() == RecordStatus.FAILED ? ERROR : SKIPPED);
            result.writeDetail(target);
        }
        target.write('}');
    }

    @Override
    public void unfinished(long index, RecordLines raw, BatchRow batch) throws IOException {
        if (batch.error() == null) {
            return;
        }
        OutputStream target = rows.next();
        target.write(RAW);
        raw.writeRecord(target);
        target.write(ERROR);
        target.write(RecordJsonWriter.error(batch.error()));
        target.write('}');
    }
}
