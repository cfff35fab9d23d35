package dev.datapipeline.result;

import java.io.IOException;
import java.nio.channels.WritableByteChannel;

/** Writes the results of one attempt. Closing without {@link #commit} discards them. Belongs to one thread. */
public interface ResultWriter extends WritableByteChannel {
    /** Bytes written so far, by this attempt and by earlier ones whose results are stored together with it. */
    long position();

    /** Reads what this attempt has written so far, until this writer is closed. */
    ResultReader written();

    /**
     * Ends the results with the log of the batch. Returns when both would survive a power cut.
     *
     * @return where they are, for the row of the batch
     */
    ResultLocation commit(byte[] log) throws IOException;
}
