package dev.datapipeline.storage;

import java.io.IOException;
import java.io.OutputStream;

/** Bytes that can be copied in parts, wherever they are kept. */
public interface ReadableBytes {
    int length();

    /** @throws java.io.EOFException when the part reaches beyond the end */
    void write(long start, long length, OutputStream target) throws IOException;
}
