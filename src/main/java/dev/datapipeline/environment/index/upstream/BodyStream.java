package dev.datapipeline.environment.index.upstream;

import dev.datapipeline.time.Deadline;
import dev.datapipeline.upstream.UpstreamExchange;
import dev.datapipeline.upstream.UpstreamFailure;
import dev.datapipeline.upstream.UpstreamListener;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The answer of an index for one thread that reads it and blocks. No more is fetched than is read, but for a little. */
final class BodyStream extends InputStream implements UpstreamListener {
    static final String PROXY_PASSWORD = "the proxy does not accept the username and password of the settings";

    private static final int MOST_WAITING = 1024 * 1024;

    private final Deadline deadline;
    private final Deque<byte[]> pieces = new ArrayDeque<>();
    private int waiting;
    private int offset;
    private boolean isPaused;
    private boolean isEnded;
    private @Nullable Head head;
    private @Nullable String failure;
    private @Nullable UpstreamExchange exchange;

    /** @param headers names in lower case */
    record Head(int status, Map<String, String> headers) {}

    /** The answer did not come, or not to its end. */
    static final class BrokenException extends IOException {
        private static final long serialVersionUID = 1;

        BrokenException(String reason) {
            super(reason);
        }
    }

    /** @param deadline for the whole answer */
    BodyStream(Deadline deadline) {
        this.deadline = deadline;
    }

    synchronized void readsFrom(UpstreamExchange begun) {
        exchange = begun;
    }

    /** Waits for the head of the answer. */
    synchronized Head awaitHead() throws IOException {
        while (head == null) {
            awaitNews();
        }
        return head;
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public synchronized int read(byte[] target, int from, int length) throws IOException {
        if (length == 0) {
            return 0;
        }
        while (pieces.isEmpty()) {
            if (isEnded) {
                return -1;
            }
            awaitNews();
        }
        byte[] piece = pieces.element();
        int count = Math.min(length, piece.length - offset);
        System.arraycopy(piece, offset, target, from, count);
        offset += count;
        waiting -= count;
        if (offset == piece.length) {
            pieces.remove();
            offset = 0;
        }
        flow();
        return count;
    }

    private void awaitNews() throws IOException {
        if (failure != null) {
            throw new BrokenException(failure);
        }
        if (deadline.isOver()) {
            throw new BrokenException("it took too long");
        }
        try {
            deadline.ticker().await(this, deadline);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException();
        }
    }

    private void flow() {
        boolean isFull = waiting > (isPaused ? MOST_WAITING / 2 : MOST_WAITING);
        if (exchange == null || isFull == isPaused) {
            return;
        }
        isPaused = isFull;
        if (isFull) {
            exchange.pause();
        } else {
            exchange.resume();
        }
    }

    @Override
    public synchronized void head(int status, Map<String, String> headers) {
        head = new Head(status, headers);
        notifyAll();
    }

    @Override
    public synchronized void bytes(byte[] piece) {
        if (piece.length > 0) {
            pieces.add(piece);
            waiting += piece.length;
            flow();
            notifyAll();
        }
    }

    @Override
    public synchronized void end() {
        isEnded = true;
        notifyAll();
    }

    @Override
    public synchronized void failed(UpstreamFailure kind, String reason) {
        failure = switch (kind) {
            case NOT_CONNECTED -> notConnected(reason);
            case NO_ANSWER -> "it broke the connection off";
            case TIMED_OUT -> "it does not answer in time";
            case BROKEN_OFF -> "it broke its answer off";
        };
        notifyAll();
    }

    private static String notConnected(String reason) {
        if (reason.contains("407")) {
            return PROXY_PASSWORD;
        }
        return reason.contains("SSL") || reason.contains("certificat") || reason.contains("PKIX")
                ? "its certificate is not trusted; ca-file of the settings can name the authority that signed it"
                : "there is no connection to it";
    }

    /** Ends the exchange where it is not over. */
    @Override
    public synchronized void close() {
        if (exchange != null) {
            exchange.abort();
        }
    }
}
