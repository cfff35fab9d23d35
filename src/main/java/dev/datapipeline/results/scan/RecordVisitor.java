package dev.datapipeline.results.scan;

import dev.datapipeline.dataset.RecordLines;
import dev.datapipeline.result.ResultReader;
import dev.datapipeline.run.store.batch.BatchRow;
import java.io.IOException;

public interface RecordVisitor {
    void finished(long index, RecordLines raw, ResultReader result) throws IOException;

    /** A record without one: pending, cancelled, or failed with its whole batch. */
    void unfinished(long index, RecordLines raw, BatchRow batch) throws IOException;
}
