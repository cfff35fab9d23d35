package dev.datapipeline.results.export.sample;

import dev.datapipeline.dataset.RecordLines;
import dev.datapipeline.result.ResultReader;
import dev.datapipeline.results.scan.RecordVisitor;
import dev.datapipeline.run.store.batch.BatchRow;
import java.io.IOException;

/** Counts the records for which something is written. Not thread-safe. */
final class CountedRows implements RecordVisitor {
    private final RecordVisitor writer;
    private final CountedBytes written;
    private long count;

    CountedRows(RecordVisitor writer, CountedBytes written) {
        this.writer = writer;
        this.written = written;
    }

    @Override
    public void finished(long index, RecordLines raw, ResultReader result) throws IOException {
        long before = written.count();
        writer.finished(index, raw, result);
        count(before);
    }

    @Override
    public void unfinished(long index, RecordLines raw, BatchRow batch) throws IOException {
        long before = written.count();
        writer.unfinished(index, raw, batch);
        count(before);
    }

    private void count(long before) {
        count += written.count() > before ? 1 : 0;
    }

    long count() {
        return count;
    }
}
