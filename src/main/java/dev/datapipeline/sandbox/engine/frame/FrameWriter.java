package dev.datapipeline.sandbox.engine.frame;

import dev.datapipeline.sandbox.engine.SandboxFailureException;
import dev.datapipeline.time.Deadline;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/** Frames on their way to the engine, in order. Any thread may add frames, which wakes the one that sends and waits. */
public final class FrameWriter {
    private final EngineChannel channel;
    private final Deque<ByteBuffer> queue = new ArrayDeque<>();
    private boolean isWaiting;

    public FrameWriter(EngineChannel channel) {
        this.channel = channel;
    }

    /** Adds a frame, whose header and payload are two buffers so that a large payload is not copied. */
    public void add(ByteBuffer header, ByteBuffer payload) {
        if (enqueue(header, payload)) {
            channel.wakeUp();
        }
    }

    /** Returns whether a thread waits that has to be woken. */
    private synchronized boolean enqueue(ByteBuffer header, ByteBuffer payload) {
        queue.addLast(header);
        queue.addLast(payload);
        return isWaiting;
    }

    /** Hands over what the socket takes, without waiting; returns false when it takes nothing or nothing is queued. */
    public boolean send() throws SandboxFailureException {
        boolean hasMoved = false;
        for (ByteBuffer first = peek(); first != null; first = peek()) {
            if (first.hasRemaining()) {
                if (!channel.send(first)) {
                    return hasMoved;
                }
                hasMoved = true;
            }
            if (first.hasRemaining()) {
                // The caller receives before it sends more, so that neither side waits for the other.
                return true;
            }
            remove();
        }
        return hasMoved;
    }

    /** Sends everything that is queued. */
    public void sendAll(Deadline deadline) throws SandboxFailureException {
        while (isPending()) {
            if (!send()) {
                await(deadline.left());
            }
        }
    }

    /** Waits until something can be received, or sent if frames are queued, until a frame is added, or for this long. */
    public void await(Duration left) throws SandboxFailureException {
        boolean isPending = beginWaiting();
        try {
            channel.await(isPending, left);
        } finally {
            endWaiting();
        }
    }

    private synchronized boolean beginWaiting() {
        isWaiting = true;
        return !queue.isEmpty();
    }

    private synchronized void endWaiting() {
        isWaiting = false;
    }

    public synchronized boolean isPending() {
        return !queue.isEmpty();
    }

    private synchronized @Nullable ByteBuffer peek() {
        return queue.peekFirst();
    }

    private synchronized void remove() {
        queue.removeFirst();
    }
}
