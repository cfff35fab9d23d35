package dev.datapipeline.results.export;

import dev.datapipeline.dataset.RecordLines;
import dev.datapipeline.result.ResultReader;
import dev.datapipeline.results.scan.RecordVisitor;
import dev.datapipeline.run.store.batch.BatchRow;
import dev.datapipeline.sandbox.engine.RecordStatus;
import java.io.IOException;

/** Writes the last value of each succeeded record. */
public final class FinalValueWriter implements RecordVisitor {
    private final JsonRowWriter rows;

    public FinalValueWriter(JsonRowWriter rows) {
        this.rows = rows;
    }

    @Override
    public void finished(long index, RecordLines raw, ResultReader result) throws IOException {
        if (result.status() == RecordStatus.SUCCEEDED) {
            result.writeValue(result.values() - 1, raw, rows.next());
        }
    }

    @Override
    public void unfinished(long index, RecordLines raw, BatchRow batch) {
        // A record without a result has no value.
    }
}
