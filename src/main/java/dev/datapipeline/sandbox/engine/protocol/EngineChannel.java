package dev.datapipeline.sandbox.engine.protocol;

import dev.datapipeline.sandbox.engine.SandboxFailureException;
import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.ClosedSelectorException;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.time.Duration;

/**
 * The bytes to and from one engine: a socket that never blocks, and waiting with a bound.
 *
 * <p>Belongs to one thread at a time, but for {@link #close()}, which any thread may call and which ends a wait at once.
 */
final class EngineChannel implements Closeable {
    static final int BUFFER = 256 * 1024;

    /** A larger write would copy all of a heap buffer for each part of it that the socket takes. */
    private static final int LARGEST_WRITE = 128 * 1024;

    private final SocketChannel socket;
    private final Selector selector;
    private final SelectionKey key;
    private final ByteBuffer received = ByteBuffer.allocateDirect(BUFFER).limit(0);
    private volatile boolean closed;

    EngineChannel(SocketChannel socket) throws IOException {
        this.socket = socket;
        socket.configureBlocking(false);
        selector = Selector.open();
        key = socket.register(selector, SelectionKey.OP_READ);
    }

    /** What has arrived and was not used yet, between position and limit; valid until the next {@link #receive()}. */
    ByteBuffer received() {
        return received;
    }

    /**
     * Takes what has arrived, without waiting; unused bytes move to the front of the buffer.
     *
     * @return false when nothing was there
     */
    boolean receive() throws SandboxFailureException {
        received.compact();
        try {
            int count = socket.read(received);
            if (count < 0) {
                throw ended(null);
            }
            return count > 0;
        } catch (IOException broken) {
            throw ended(broken);
        } finally {
            received.flip();
        }
    }

    /**
     * Hands over what the socket takes now, without waiting.
     *
     * @return false when it takes nothing
     */
    boolean send(ByteBuffer bytes) throws SandboxFailureException {
        int end = bytes.limit();
        bytes.limit(bytes.position() + Math.min(bytes.remaining(), LARGEST_WRITE));
        try {
            return socket.write(bytes) > 0;
        } catch (IOException broken) {
            throw ended(broken);
        } finally {
            bytes.limit(end);
        }
    }

    /** Waits until something can be received, or sent where that is wished, or the time is over. */
    void await(boolean alsoToSend, Duration longest) throws SandboxFailureException {
        try {
            key.interestOps(alsoToSend ? SelectionKey.OP_READ | SelectionKey.OP_WRITE : SelectionKey.OP_READ);
            selector.select(ignored -> {}, Math.max(1, longest.toMillis()));
        } catch (IOException | ClosedSelectorException | java.nio.channels.CancelledKeyException broken) {
            throw ended(broken);
        }
        if (closed) {
            throw SandboxFailureException.closed();
        }
    }

    /** Whether the engine is there and silent, as it is between two requests. */
    boolean isQuiet() {
        try {
            return !received.hasRemaining() && !receive();
        } catch (SandboxFailureException ended) {
            return false;
        }
    }

    @Override
    public void close() {
        closed = true;
        try (selector) {
            socket.close();
        } catch (IOException ignored) {
            // It is out of use either way.
        }
    }

    private SandboxFailureException ended(@org.jspecify.annotations.Nullable Exception cause) {
        if (closed || cause instanceof ClosedChannelException) {
            return SandboxFailureException.closed();
        }
        return SandboxFailureException.died("The engine of the sandbox ended.", cause);
    }
}
