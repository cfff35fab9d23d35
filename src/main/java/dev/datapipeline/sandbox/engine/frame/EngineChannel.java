package dev.datapipeline.sandbox.engine.frame;

import dev.datapipeline.sandbox.engine.SandboxFailureException;
import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.CancelledKeyException;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.ClosedSelectorException;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * The socket of one engine. It never blocks; {@link #await} waits with a bound.
 *
 * <p>Used by one thread at a time, except for {@link #close()} and {@link #wakeUp()}, which any thread may call and which end a wait at once.
 */
public final class EngineChannel implements Closeable {
    static final int BUFFER = 256 * 1024;

    /** The JDK copies a heap buffer as a whole for each write, however little of it the socket takes. */
    private static final int LARGEST_WRITE = 128 * 1024;

    private final SocketChannel socket;
    private final Selector selector;
    private final SelectionKey key;
    private final ByteBuffer received = ByteBuffer.allocateDirect(BUFFER).limit(0);
    private volatile boolean closed;

    public EngineChannel(SocketChannel socket) throws IOException {
        this.socket = socket;
        socket.configureBlocking(false);
        selector = Selector.open();
        key = socket.register(selector, SelectionKey.OP_READ);
    }

    ByteBuffer received() {
        return received;
    }

    /**
     * Reads what has arrived, without waiting; unused bytes move to the front of the buffer.
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

    /** Waits until something can be received, or sent if that is wanted, or until {@link #wakeUp()} or the end of this time. */
    void await(boolean alsoToSend, Duration left) throws SandboxFailureException {
        if (left.isZero()) {
            throw SandboxFailureException.died("The engine of the sandbox did not answer in time.", null);
        }
        try {
            key.interestOps(alsoToSend ? SelectionKey.OP_READ | SelectionKey.OP_WRITE : SelectionKey.OP_READ);
            selector.select(ignored -> {}, Math.max(1, left.toMillis()));
        } catch (IOException | ClosedSelectorException | CancelledKeyException broken) {
            throw ended(broken);
        }
        if (closed) {
            throw SandboxFailureException.closed();
        }
    }

    /** Ends a wait of another thread, or the next one if no thread waits. */
    void wakeUp() {
        selector.wakeup();
    }

    public boolean isQuiet() {
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
            // The socket is not used any more.
        }
    }

    private SandboxFailureException ended(@Nullable Exception cause) {
        if (closed || cause instanceof ClosedChannelException) {
            return SandboxFailureException.closed();
        }
        return SandboxFailureException.died("The engine of the sandbox ended.", cause);
    }
}
