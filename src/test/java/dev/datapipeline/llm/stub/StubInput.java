package dev.datapipeline.llm.stub;

import java.io.IOException;
import java.net.Socket;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import org.jspecify.annotations.Nullable;

/** Reads a connection ahead, so that its end is noticed while a script runs. */
final class StubInput {
    private static final byte[] END = {};

    private final BlockingQueue<byte[]> pieces = new LinkedBlockingQueue<>();
    private byte[] piece = {};
    private int at;
    private volatile long endedAt;
    private @Nullable Thread reader;

    StubInput(Socket socket) {
        Thread.ofVirtual().start(() -> pump(socket));
    }

    private void pump(Socket socket) {
        byte[] buffer = new byte[65_536];
        try {
            for (int length = socket.getInputStream().read(buffer);
                    length > 0;
                    length = socket.getInputStream().read(buffer)) {
                pieces.add(java.util.Arrays.copyOf(buffer, length));
            }
        } catch (IOException reset) {
            // An end like any other.
        }
        end();
    }

    private synchronized void end() {
        endedAt = System.nanoTime();
        pieces.add(END);
        if (reader != null) {
            reader.interrupt();
        }
    }

    /** @param thread to interrupt when the connection ends; null for none */
    synchronized void interruptAtEnd(@Nullable Thread thread) {
        reader = thread;
        if (thread != null && isEnded()) {
            thread.interrupt();
        }
    }

    boolean isEnded() {
        return endedAt != 0;
    }

    long endedAt() {
        return endedAt;
    }

    /** @return -1 at the end */
    int read() throws InterruptedException {
        if (at == piece.length) {
            piece = pieces.take();
            at = 0;
            if (piece == END) {
                return -1;
            }
        }
        return piece[at++] & 0xff;
    }
}
