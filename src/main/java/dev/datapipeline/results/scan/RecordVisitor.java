package dev.datapipeline.results.scan;

import dev.datapipeline.dataset.RecordLines;
import dev.datapipeline.result.ResultReader;
import dev.datapipeline.run.store.batch.BatchRow;
import java.io.IOException;

/** Receives the records of a run in input order. The arguments are valid during the call only. */
public interface RecordVisitor {
    /** A record with a result. */
    void finished(long index, RecordLines raw, ResultReader result) throws IOException;

    /** A record without one: pending, cancelled, or failed with its whole batch. */
    void unfinished(long index, RecordLines raw, BatchRow batch) throws IOException;
}
