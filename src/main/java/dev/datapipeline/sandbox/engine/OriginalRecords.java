package dev.datapipeline.sandbox.engine;

import java.io.IOException;
import java.io.OutputStream;

/** The records of a batch as the engine was given them. */
public interface OriginalRecords {
    /** Moves to the record with this number in the batch; never backwards. */
    void moveTo(int position) throws IOException;

    /** Writes the record, without a line feed. */
    void writeTo(OutputStream target) throws IOException;
}
