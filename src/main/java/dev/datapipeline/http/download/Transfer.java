package dev.datapipeline.http.download;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;
import java.util.function.LongSupplier;

/** An answer that is being sent, and its rate while it waits for the client. Written by one thread; any thread may ask for the rate. */
final class Transfer extends FilterOutputStream {
    private static final double NANOSECONDS = 1e9;

    /** A rate is measured over this much waiting, so that a pause does not count as slowness. */
    private final Duration span;

    private final LongSupplier nanoClock;
    private final Runnable closing;
    private long waited;
    private long sent;
    private long waitingSince;
    private boolean isWaiting;
    private int pending;
    private double rate = Double.POSITIVE_INFINITY;
    private boolean isGivenUp;

    /** @param closing ends the connection, from any thread */
    Transfer(OutputStream target, Duration span, LongSupplier nanoClock, Runnable closing) {
        super(target);
        this.span = span;
        this.nanoClock = nanoClock;
        this.closing = closing;
    }

    @Override
    public void write(int value) throws IOException {
        write(new byte[] {(byte) value}, 0, 1);
    }

    @Override
    public void write(byte[] source, int offset, int length) throws IOException {
        begin(length);
        try {
            out.write(source, offset, length);
        } finally {
            end(length);
        }
    }

    private synchronized void begin(int length) throws IOException {
        if (isGivenUp) {
            throw new IOException("the client was too slow, and others waited for its place");
        }
        isWaiting = true;
        pending = length;
        waitingSince = nanoClock.getAsLong();
    }

    private synchronized void end(int length) {
        isWaiting = false;
        long waitedNow = nanoClock.getAsLong() - waitingSince;
        boolean isLong = waitedNow >= span.toNanos();
        // Bytes before one long wait only filled the buffers of the network.
        waited = isLong ? waitedNow : waited + waitedNow;
        sent = isLong ? length : sent + length;
        if (waited >= span.toNanos()) {
            rate = sent / (waited / NANOSECONDS);
            waited = 0;
            sent = 0;
        }
    }

    /** Bytes a second that the client took lately; infinite until it was waited for long enough. */
    synchronized double rate() {
        long waitedNow = isWaiting ? nanoClock.getAsLong() - waitingSince : 0;
        return waitedNow >= span.toNanos() ? pending / (waitedNow / NANOSECONDS) : rate;
    }

    /** Ends the connection; false if it was ended before. */
    boolean giveUp() {
        synchronized (this) {
            if (isGivenUp) {
                return false;
            }
            isGivenUp = true;
        }
        closing.run();
        return true;
    }
}
