package dev.datapipeline.sandbox.engine;

import java.io.IOException;
import java.nio.ByteBuffer;

/** Where the results of one batch go. Everything is void unless {@code Sandbox.run} returns. */
public interface BatchOutput {
    /** The next bytes of the stream of result records, checked in form; not necessarily cut at a record. */
    void results(ByteBuffer bytes) throws IOException;

    /** A failed record, after its bytes; {@code error} is its JSON error document. */
    void failed(int position, ByteBuffer error) throws IOException;

    /** The next bytes of the log. */
    void log(ByteBuffer text) throws IOException;
}
