package dev.datapipeline.sandbox.engine.frame;

import dev.datapipeline.sandbox.engine.SandboxFailureException;
import java.io.IOException;
import java.nio.ByteBuffer;

/** Takes the payload of one type of frame, in parts as its bytes arrive. */
public interface FrameReceiver {
    /** Takes what it can use of {@code part}; called again with the rest. {@code left} counts the bytes to the end of the payload. */
    void accept(ByteBuffer part, int left) throws SandboxFailureException, IOException;
}
