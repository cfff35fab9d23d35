package dev.datapipeline.sandbox.engine;

import java.io.IOException;
import java.nio.ByteBuffer;

public interface BatchInput {
    /** Index of the first record as the engine counts; usually that in the dataset. */
    long firstRecord();

    /** At least 1. */
    int records();

    /** Index in the dataset of the record with number {@code position} in this batch. */
    default long index(int position) {
        return firstRecord() + position;
    }

    /** The next whole lines: at most 1 MiB unless it is a single record. The caller has read the buffer before it calls again. */
    ByteBuffer next() throws IOException;

    /** The same records once more, to check against them what the engine tells of them; independent of {@link #next}. */
    OriginalRecords originals();
}
