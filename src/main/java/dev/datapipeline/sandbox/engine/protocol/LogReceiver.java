package dev.datapipeline.sandbox.engine.protocol;

import dev.datapipeline.sandbox.engine.BatchOutput;
import dev.datapipeline.sandbox.engine.SandboxFailureException;
import dev.datapipeline.sandbox.engine.frame.FrameReceiver;
import java.io.IOException;
import java.nio.ByteBuffer;

/** Passes the log of a batch on, up to a limit. */
final class LogReceiver implements FrameReceiver {
    private final BatchOutput output;
    private long left;

    LogReceiver(BatchOutput output, long maxBytes) {
        this.output = output;
        this.left = maxBytes;
    }

    @Override
    public void accept(ByteBuffer part, int length) throws SandboxFailureException, IOException {
        left -= part.remaining();
        if (left < 0) {
            throw SandboxFailureException.violation("a log beyond its bound");
        }
        output.log(part.asReadOnlyBuffer());
        part.position(part.limit());
    }
}
