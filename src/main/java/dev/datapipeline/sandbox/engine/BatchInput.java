package dev.datapipeline.sandbox.engine;

import java.io.IOException;
import java.nio.ByteBuffer;

/** The records of one batch. */
public interface BatchInput {
    /** Index of the first record in the dataset. */
    long firstRecord();

    /** At least 1. */
    int records();

    /**
     * Returns the next whole lines, each ended by a line feed: at most 1 MiB unless it is a single record. Called until all records were
     * returned; the caller has read the buffer before it calls again.
     */
    ByteBuffer next() throws IOException;
}
