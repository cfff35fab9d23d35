package dev.datapipeline.storage;

import java.io.IOException;
import java.nio.channels.WritableByteChannel;

/** A blob that grows at its end, and can be read meanwhile. What was written becomes durable with {@link #force()}, not with close. */
public interface BlobAppender extends WritableByteChannel, BlobReader {
    @Override
    long size();

    /** Removes everything behind the first {@code size} bytes; nothing may refer to it. */
    void truncate(long size) throws IOException;

    /** Returns when all bytes written so far would survive a power cut. */
    void force() throws IOException;
}
