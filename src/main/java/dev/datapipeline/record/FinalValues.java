package dev.datapipeline.record;

import dev.datapipeline.dataset.RecordLines;
import dev.datapipeline.engine.RecordStatus;
import dev.datapipeline.result.ResultCursor;
import dev.datapipeline.run.BatchRow;
import java.io.IOException;

/** Writes the last value of each succeeded record. */
final class FinalValues implements RecordVisitor {
    private final Rows rows;

    FinalValues(Rows rows) {
        this.rows = rows;
    }

    @Override
    public void finished(long index, RecordLines raw, ResultCursor result) throws IOException {
        if (result.status() == RecordStatus.SUCCEEDED) {
            result.writeValue(result.values() - 1, rows.next());
        }
    }

    @Override
    public void unfinished(long index, RecordLines raw, BatchRow batch) {
        // Without a result there is no last value.
    }
}
