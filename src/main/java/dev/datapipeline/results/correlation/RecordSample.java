package dev.datapipeline.results.correlation;

import dev.datapipeline.dataset.RecordLines;
import dev.datapipeline.memory.MemoryBudget;
import dev.datapipeline.memory.MemoryLease;
import dev.datapipeline.result.ResultReader;
import dev.datapipeline.results.scan.RecordVisitor;
import dev.datapipeline.run.store.batch.BatchRow;
import java.io.ByteArrayOutputStream;
import java.io.IOException;

/** Passes each raw record on and counts them. Not thread-safe. */
final class RecordSample implements RecordVisitor {
    /** Records up to this size are not counted in the memory budget. */
    private static final int SMALL = 64 * 1024;

    /** Memory for a record, as a multiple of its size: its bytes twice, and its texts. */
    private static final int COPIES = 6;

    private final MemoryBudget budget;
    private final Target target;
    private long records;

    interface Target {
        void record(byte[] raw) throws IOException;
    }

    RecordSample(MemoryBudget budget, Target target) {
        this.budget = budget;
        this.target = target;
    }

    long records() {
        return records;
    }

    @Override
    public void finished(long index, RecordLines raw, ResultReader result) throws IOException {
        add(raw);
    }

    @Override
    public void unfinished(long index, RecordLines raw, BatchRow batch) throws IOException {
        add(raw);
    }

    private void add(RecordLines raw) throws IOException {
        records++;
        long length = raw.length();
        try (MemoryLease memory = budget.take(length <= SMALL ? 0 : COPIES * length)) {
            ByteArrayOutputStream bytes = new ByteArrayOutputStream((int) length);
            raw.writeRecord(bytes);
            target.record(bytes.toByteArray());
        }
    }
}
