package dev.datapipeline.worker.retry;

import dev.datapipeline.dataset.RecordLines;
import dev.datapipeline.run.store.batch.BatchClaim;
import dev.datapipeline.sandbox.engine.BatchInput;
import dev.datapipeline.sandbox.engine.OriginalRecords;
import java.io.IOException;
import java.nio.ByteBuffer;

/** Sends all records of a claimed batch to the sandbox. */
public record BatchRecordInput(BatchClaim claim, BatchLines source, RecordLines lines) implements BatchInput {
    @Override
    public long firstRecord() {
        return claim.firstRecord();
    }

    @Override
    public int records() {
        return claim.records();
    }

    @Override
    public ByteBuffer next() throws IOException {
        return lines.nextChunk();
    }

    @Override
    public OriginalRecords originals() {
        return new DatasetOriginals(source, position -> position);
    }
}
