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
 * Makes the writer wait for the event loop of the connection, at most one piece ahead. Without it a fast worker would queue a whole
 * document in memory before the event loop, which alone knows the state of the connection, tells it to wait. Not thread-safe.
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

    /** Waits for the piece before the last one, so that one is sent while the next is written. */
    private void catchUp() throws IOException {
        CountDownLatch earlier = lastPiece;
        CountDownLatch piece = new CountDownLatch(1);
        lastPiece = piece;
        // Runs after everything that was handed to the event loop before.
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
