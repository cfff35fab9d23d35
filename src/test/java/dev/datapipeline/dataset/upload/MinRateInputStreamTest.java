package dev.datapipeline.dataset.upload;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.datapipeline.problem.ProblemException;
import dev.datapipeline.problem.ProblemType;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class MinRateInputStreamTest {
    private static final Duration WINDOW = Duration.ofSeconds(10);

    private long now;

    @Test
    void acceptsFastEnoughUploads() throws IOException {
        assertEquals(
                100_000,
                read(
                        new MinRateInputStream(
                                source(100_000, 100, Duration.ofMillis(99)), new MinimumRate(1_000, WINDOW), () -> now),
                        Duration.ZERO));
    }

    @Test
    void rejectsASlowUploadAtTheEndOfItsWindow() {
        MinRateInputStream dripping = new MinRateInputStream(
                source(100_000, 1, Duration.ofSeconds(1)), new MinimumRate(1_000, WINDOW), () -> now);

        ProblemException rejected = assertThrows(ProblemException.class, () -> read(dripping, Duration.ZERO));

        assertEquals(ProblemType.UPLOAD_TOO_SLOW, rejected.type());
        assertEquals(WINDOW.toNanos(), now);
    }

    @Test
    void fastBeginningDoesNotCountLater() throws IOException {
        MinRateInputStream upload =
                new MinRateInputStream(source(1_000_010, 1_000_000, WINDOW), new MinimumRate(1_000, WINDOW), () -> now);

        assertEquals(1_000_000, upload.read(new byte[1_000_000], 0, 1_000_000));
        assertThrows(ProblemException.class, () -> upload.read(new byte[1], 0, 1));
    }

    @Test
    void slowReaderDoesNotCountAgainstTheClient() throws IOException {
        MinRateInputStream upload =
                new MinRateInputStream(source(100, 1, Duration.ZERO), new MinimumRate(1_000, WINDOW), () -> now);

        assertEquals(100, read(upload, WINDOW));
    }

    private int read(InputStream upload, Duration work) throws IOException {
        int total = 0;
        byte[] target = new byte[1_000];
        for (int count = upload.read(target, 0, target.length);
                count >= 0;
                count = upload.read(target, 0, target.length)) {
            total += count;
            now += work.toNanos();
        }
        return total;
    }

    /** Gives {@code size} bytes in pieces, each after a while. */
    private InputStream source(int size, int piece, Duration wait) {
        return new InputStream() {
            private int left = size;

            @Override
            public int read(byte[] target, int offset, int length) {
                now += wait.toNanos();
                int count = Math.min(Math.min(piece, length), left);
                left -= count;
                return count == 0 ? -1 : count;
            }

            @Override
            public int read() {
                throw new AssertionError("read in pieces");
            }
        };
    }
}
