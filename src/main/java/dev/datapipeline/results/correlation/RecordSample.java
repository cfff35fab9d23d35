package dev.datapipeline.results.correlation;

import dev.datapipeline.dataset.RecordLines;
import dev.datapipeline.memory.MemoryBudget;
import dev.datapipeline.result.ResultReader;
import dev.datapipeline.results.scan.RecordVisitor;
import dev.datapipeline.results.scan.ValuesInMemory;
import dev.datapipeline.run.store.batch.BatchRow;
import java.io.IOException;

/** Passes each raw record on and counts them. Not thread-safe. */
final class RecordSample implements RecordVisitor {
    private final ValuesInMemory values;
    private final Target target;
    private long records;

    interface Target {
        void record(byte[] raw) throws IOException;
    }

    RecordSample(MemoryBudget budget, Target target) {
        this.values = new ValuesInMemory(budget);
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
        values.parse(raw.length(), raw::writeRecord, bytes -> {
            target.record(bytes);
            return true;
        });
    }
}
