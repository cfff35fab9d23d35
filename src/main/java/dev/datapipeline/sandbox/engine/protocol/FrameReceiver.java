package dev.datapipeline.sandbox.engine.protocol;

import dev.datapipeline.sandbox.engine.SandboxFailureException;
import java.io.IOException;
import java.nio.ByteBuffer;

/** Takes the payload of one type of frame, in parts as its bytes arrive. */
interface FrameReceiver {
    /**
     * Takes as much of the payload as it can use now. Called again with the bytes that it left and those that came since. A frame without
     * payload is handed over once, with an empty part.
     *
     * @param part what has arrived of the rest of the payload; valid during the call only
     * @param left bytes from the position of {@code part} to the end of the payload
     */
    void accept(ByteBuffer part, int left) throws SandboxFailureException, IOException;
}
