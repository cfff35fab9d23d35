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
     * The next whole lines, each ended by a line feed: at most 1 MiB unless it is a single record. Called until all records were given; the
     * buffer is used up before the next call.
     */
    ByteBuffer next() throws IOException;
}
