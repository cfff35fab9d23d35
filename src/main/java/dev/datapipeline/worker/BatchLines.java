package dev.datapipeline.worker;

import dev.datapipeline.dataset.RecordLines;
import dev.datapipeline.engine.BatchInput;
import dev.datapipeline.run.BatchClaim;
import java.io.IOException;
import java.nio.ByteBuffer;

/** The records of a claimed batch as the sandbox wants them. */
record BatchLines(BatchClaim claim, RecordLines lines) implements BatchInput {
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
}
