package dev.datapipeline.dataset.upload;

import dev.datapipeline.problem.ProblemException;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.function.LongSupplier;

/**
 * Gives an upload up that drips. Only the time counts in which the client is waited for, so that a slow disk of the service is not blamed on
 * anybody; it is counted anew for each stretch of patience, so that a quick beginning buys nothing.
 */
public final class MinRateInputStream extends InputStream {
    private final InputStream source;
    private final MinimumRate rate;
    private final LongSupplier nanoClock;
    private long waited;
    private long received;

    public MinRateInputStream(InputStream source, MinimumRate rate) {
        this(source, rate, System::nanoTime);
    }

    public MinRateInputStream(InputStream source, MinimumRate rate, LongSupplier nanoClock) {
        this.source = source;
        this.rate = rate;
        this.nanoClock = nanoClock;
    }

    /** @throws ProblemException UPLOAD_TOO_SLOW */
    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
        long began = nanoClock.getAsLong();
        int count;
        do {
            count = source.read(target, offset, length);
            // Fields after the last chunk of a body come as a piece without any bytes.
        } while (count == 0 && length > 0);
        waited += nanoClock.getAsLong() - began;
        received += Math.max(count, 0);
        if (count >= 0 && waited >= rate.patience().toNanos()) {
            judge();
        }
        return count;
    }

    @Override
    public int read() throws IOException {
        byte[] single = new byte[1];
        return read(single, 0, 1) < 0 ? -1 : single[0] & 0xFF;
    }

    private void judge() {
        rate.check(received, Duration.ofNanos(waited));
        waited = 0;
        received = 0;
    }
}
