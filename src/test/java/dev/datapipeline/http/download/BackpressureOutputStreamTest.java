package dev.datapipeline.http.download;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.datapipeline.testing.Eventually;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import java.io.ByteArrayOutputStream;
import java.time.Duration;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class BackpressureOutputStreamTest {
    private final Vertx vertx = Vertx.vertx();
    private final Context connection = vertx.getOrCreateContext();
    private final ByteArrayOutputStream received = new ByteArrayOutputStream();
    private final BackpressureOutputStream output = new BackpressureOutputStream(received, connection);

    @AfterEach
    void close() throws Exception {
        vertx.close().toCompletionStage().toCompletableFuture().get(10, TimeUnit.SECONDS);
    }

    @Test
    void allBytesArriveUnchanged() throws Exception {
        byte[] bytes = new byte[3 * BackpressureOutputStream.PIECE + 7];
        new Random(1).nextBytes(bytes);

        output.write(bytes[0]);
        output.write(bytes, 1, 1_000);
        output.write(bytes, 1_001, bytes.length - 1_001);

        assertArrayEquals(bytes, received.toByteArray());
    }

    @Test
    void writerIsAtMostTwoPiecesAheadOfTheConnection() throws Exception {
        CountDownLatch goesOn = new CountDownLatch(1);
        connection.runOnContext(nothing -> await(goesOn));
        try (ExecutorService threads = Executors.newSingleThreadExecutor()) {
            Future<?> writing = threads.submit(() -> {
                output.write(new byte[3 * BackpressureOutputStream.PIECE]);
                return null;
            });
            Eventually.eventually(
                    "two pieces", Duration.ofSeconds(5), () -> received.size() == 2 * BackpressureOutputStream.PIECE);
            Thread.sleep(100);
            assertEquals(2 * BackpressureOutputStream.PIECE, received.size());

            goesOn.countDown();

            writing.get(10, TimeUnit.SECONDS);
            assertEquals(3 * BackpressureOutputStream.PIECE, received.size());
        } finally {
            goesOn.countDown();
        }
    }

    private static void await(CountDownLatch latch) {
        try {
            assertTrue(latch.await(10, TimeUnit.SECONDS));
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
