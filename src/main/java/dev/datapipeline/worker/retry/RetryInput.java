package dev.datapipeline.worker.retry;

import dev.datapipeline.dataset.RecordLines;
import dev.datapipeline.sandbox.engine.BatchInput;
import dev.datapipeline.sandbox.engine.OriginalRecords;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;

/** Some records of a batch as the sandbox wants them, numbered from 0. */
public final class RetryInput implements BatchInput {
    private final long firstInDataset;
    private final BatchLines source;
    private final RecordLines lines;
    private final int[] positions;
    private final ByteArrayOutputStream chunk = new ByteArrayOutputStream();
    private int position = -1;
    private int taken;

    /**
     * @param firstInDataset index of the first record of the batch
     * @param positions in the batch of the records that run again, ascending
     */
    public RetryInput(long firstInDataset, BatchLines source, int[] positions) throws IOException {
        this.firstInDataset = firstInDataset;
        this.source = source;
        this.lines = source.open();
        this.positions = positions.clone();
        advance();
    }

    @Override
    public long firstRecord() {
        return 0;
    }

    @Override
    public long index(int position) {
        return firstInDataset + positions[position];
    }

    @Override
    public int records() {
        return positions.length;
    }

    @Override
    public ByteBuffer next() throws IOException {
        chunk.reset();
        do {
            lines.writeRecord(chunk);
            chunk.write('\n');
            taken++;
        } while (advance() && chunk.size() + lines.length() < RecordLines.CHUNK);
        return ByteBuffer.wrap(chunk.toByteArray());
    }

    @Override
    public OriginalRecords originals() {
        return new DatasetOriginals(source, position -> positions[position]);
    }

    /** Moves to the next chosen record; false when all were taken. */
    private boolean advance() throws IOException {
        if (taken == positions.length) {
            return false;
        }
        while (position < positions[taken]) {
            if (!lines.next()) {
                throw new EOFException("no record " + positions[taken] + " in this batch");
            }
            position++;
        }
        return true;
    }
}
