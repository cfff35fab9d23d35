package dev.datapipeline.http.download;

import io.vertx.core.Context;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Lets the thread of the connection catch up with all pieces but the last. What a worker writes only queues up for that thread, which alone
 * knows that the client takes no more: a fast worker would put a whole document into memory before it is told to wait. Not thread-safe.
 */
final class BackpressureOutputStream extends FilterOutputStream {
    static final int PIECE = 128 * 1024;
    private static final Duration LONGEST_STANDSTILL = Duration.ofSeconds(60);

    private final Context connection;
    private CountDownLatch lastPiece = new CountDownLatch(0);
    private int ahead;

    /** @param connection whose thread sends what is written */
    BackpressureOutputStream(OutputStream target, Context connection) {
        super(target);
        this.connection = connection;
    }

    @Override
    public void write(int value) throws IOException {
        out.write(value);
        wrote(1);
    }

    @Override
    public void write(byte[] source, int offset, int length) throws IOException {
        for (int done = 0; done < length; ) {
            int next = Math.min(length - done, PIECE - ahead);
            out.write(source, offset + done, next);
            done += next;
            wrote(next);
        }
    }

    private void wrote(int bytes) throws IOException {
        ahead += bytes;
        if (ahead >= PIECE) {
            ahead = 0;
            catchUp();
        }
    }

    /** Waits for the piece before the last, so that one can be sent while the next is written. */
    private void catchUp() throws IOException {
        CountDownLatch earlier = lastPiece;
        CountDownLatch piece = new CountDownLatch(1);
        lastPiece = piece;
        // What was handed to the thread before is sent, or known to wait, when it comes to this.
        connection.runOnContext(nothing -> piece.countDown());
        try {
            if (!earlier.await(LONGEST_STANDSTILL.toSeconds(), TimeUnit.SECONDS)) {
                throw new IOException("the thread of the connection stands still");
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted while a client takes what it asked for");
        }
    }
}
