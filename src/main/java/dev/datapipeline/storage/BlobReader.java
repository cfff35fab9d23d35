package dev.datapipeline.storage;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;

/** Safe to use from several threads. */
public interface BlobReader extends Closeable {
    long size() throws IOException;

    /** Fills {@code target} from {@code offset} as far as the blob reaches; returns the bytes read, 0 at or past the end. */
    int read(ByteBuffer target, long offset) throws IOException;
}
