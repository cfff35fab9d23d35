package dev.datapipeline.sandbox.engine;

import java.io.IOException;
import java.nio.ByteBuffer;

public interface BatchInput {
    /** Index of the first record in the dataset. */
    long firstRecord();

    /** At least 1. */
    int records();

    /** The next whole lines: at most 1 MiB unless it is a single record. The caller has read the buffer before it calls again. */
    ByteBuffer next() throws IOException;
}
