package dev.datapipeline.sandbox.engine;

import java.io.IOException;
import java.nio.ByteBuffer;

/** Receives the results of one batch. They are void unless {@code Sandbox.run} returns. */
public interface BatchOutput {
    /** The next bytes of the result records, validated; they may end within a record. */
    void results(ByteBuffer bytes) throws IOException;

    /** A failed record, called after its bytes; {@code error} is its JSON error document. */
    void failed(int position, ByteBuffer error) throws IOException;

    void log(ByteBuffer text) throws IOException;
}
