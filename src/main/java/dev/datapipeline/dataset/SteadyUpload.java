package dev.datapipeline.dataset;

import dev.datapipeline.problem.ProblemException;
import dev.datapipeline.problem.ProblemType;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.function.LongSupplier;

/**
 * Gives an upload up that drips. Only the time counts in which the client is waited for, so that a slow disk of the service is not blamed on
 * anybody; it is counted anew for each stretch of patience, so that a quick beginning buys nothing.
 */
final class SteadyUpload extends InputStream {
    private static final double NANOSECONDS = 1e9;

    private final InputStream source;
    private final long bytesPerSecond;
    private final Duration patience;
    private final LongSupplier nanoClock;
    private long waited;
    private long received;

    SteadyUpload(InputStream source, long bytesPerSecond, Duration patience) {
        this(source, bytesPerSecond, patience, System::nanoTime);
    }

    SteadyUpload(InputStream source, long bytesPerSecond, Duration patience, LongSupplier nanoClock) {
        this.source = source;
        this.bytesPerSecond = bytesPerSecond;
        this.patience = patience;
        this.nanoClock = nanoClock;
    }

    /** @throws ProblemException UPLOAD_TOO_SLOW */
    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
        long began = nanoClock.getAsLong();
        int count = source.read(target, offset, length);
        waited += nanoClock.getAsLong() - began;
        received += Math.max(count, 0);
        if (count >= 0 && waited >= patience.toNanos()) {
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
        if (received < bytesPerSecond * (waited / NANOSECONDS)) {
            throw new ProblemException(
                    ProblemType.UPLOAD_TOO_SLOW,
                    "Less than %d bytes a second came for %d s. Send the upload again over a better connection."
                            .formatted(bytesPerSecond, patience.toSeconds()));
        }
        waited = 0;
        received = 0;
    }
}
