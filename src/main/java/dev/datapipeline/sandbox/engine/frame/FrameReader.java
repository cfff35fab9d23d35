package dev.datapipeline.sandbox.engine.frame;

import dev.datapipeline.sandbox.engine.SandboxFailureException;
import dev.datapipeline.time.Deadline;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Splits what the engine sends into frames. Used by one thread at a time. */
public final class FrameReader {
    public interface Router {
        /** @throws SandboxFailureException a frame of this type is not allowed now */
        FrameReceiver receiver(FrameType type) throws SandboxFailureException;
    }

    public record Document(FrameType type, ByteBuffer payload) {}

    private final EngineChannel channel;
    /** Takes the frame under way, null between two frames. */
    private @Nullable FrameReceiver receiver;

    private int left;

    public FrameReader(EngineChannel channel) {
        this.channel = channel;
    }

    /** Hands what has arrived to its receivers, without waiting; returns false when nothing has arrived. */
    public boolean receive(Router router) throws SandboxFailureException, IOException {
        if (!channel.receive()) {
            return false;
        }
        ByteBuffer received = channel.received();
        boolean isProgressing = true;
        while (isProgressing && (receiver != null || received.remaining() >= FrameType.HEADER)) {
            isProgressing = handOver(received, router);
        }
        return true;
    }

    /** Returns false when the frame continues beyond what has arrived. */
    private boolean handOver(ByteBuffer received, Router router) throws SandboxFailureException, IOException {
        FrameReceiver current = receiver;
        if (current == null) {
            FrameHeader header = FrameHeader.read(received);
            current = router.receiver(header.type());
            left = header.length();
        }
        ByteBuffer part = received.slice(received.position(), Math.min(left, received.remaining()));
        current.accept(part, left);
        received.position(received.position() + part.position());
        left -= part.position();
        receiver = left > 0 ? current : null;
        return left == 0;
    }

    /** Waits for the next frame, which must be of one of these types, and leaves what follows it. */
    public Document await(Set<FrameType> expected, Deadline deadline) throws SandboxFailureException {
        ByteBuffer received = channel.received();
        await(FrameType.HEADER, deadline);
        FrameHeader header = FrameHeader.read(received);
        if (!expected.contains(header.type())) {
            throw SandboxFailureException.violation(header.type() + " where " + expected + " was due");
        }
        await(header.length(), deadline);
        ByteBuffer payload = received.slice(received.position(), header.length());
        received.position(received.position() + header.length());
        return new Document(header.type(), payload);
    }

    private void await(int bytes, Deadline deadline) throws SandboxFailureException {
        while (channel.received().remaining() < bytes) {
            if (!channel.receive()) {
                channel.await(false, deadline.left());
            }
        }
    }
}
