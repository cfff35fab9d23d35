package dev.datapipeline.dataset.upload;

import dev.datapipeline.problem.ProblemException;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.function.LongSupplier;

/** Rejects uploads below a rate in any window. Only time blocked in read() counts, so a slow disk of the service does not. */
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
            // Trailer fields of a chunked body arrive as a read of zero bytes.
        } while (count == 0 && length > 0);
        waited += nanoClock.getAsLong() - began;
        received += Math.max(count, 0);
        if (count >= 0 && waited >= rate.window().toNanos()) {
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
