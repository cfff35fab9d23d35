package dev.datapipeline.storage;

import java.io.IOException;
import java.nio.channels.WritableByteChannel;

/** A blob being written. Closing without {@link #publish()} leaves nothing behind. */
public interface BlobWriter extends WritableByteChannel {
    long size();

    /** Makes the bytes durable and visible under the name. Closes the writer. */
    void publish() throws IOException;
}
