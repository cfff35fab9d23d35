package dev.datapipeline.sandbox.engine.frame;

import dev.datapipeline.sandbox.engine.SandboxFailureException;
import java.io.IOException;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/** Keeps the parts of one frame until it is whole. The limit of its type bounds what is allocated. */
public final class WholePayload implements FrameReceiver {
    public interface Receiver {
        void accept(ByteBuffer payload) throws SandboxFailureException, IOException;
    }

    private final Receiver receiver;
    private @Nullable ByteBuffer kept;

    public WholePayload(Receiver receiver) {
        this.receiver = receiver;
    }

    @Override
    public void accept(ByteBuffer part, int left) throws SandboxFailureException, IOException {
        boolean isWhole = part.remaining() == left;
        if (kept == null) {
            kept = ByteBuffer.allocate(left);
        }
        kept.put(part);
        if (isWhole) {
            receiver.accept(kept.flip());
        }
    }
}
