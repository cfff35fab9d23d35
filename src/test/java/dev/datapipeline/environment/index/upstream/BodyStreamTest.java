package dev.datapipeline.environment.index.upstream;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.datapipeline.testing.SettableTicker;
import dev.datapipeline.upstream.UpstreamFailure;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class BodyStreamTest {
    private final SettableTicker ticker = new SettableTicker();
    private final BodyStream stream = new BodyStream(ticker.deadlineIn(Duration.ofSeconds(60)));

    @Test
    void piecesAreReadInTheirOrderToTheEnd() throws Exception {
        stream.head(200, Map.of("a", "b"));
        stream.bytes(new byte[] {1, 2});
        stream.bytes(new byte[0]);
        stream.bytes(new byte[] {3});
        stream.end();

        assertEquals(new BodyStream.Head(200, Map.of("a", "b")), stream.awaitHead());
        assertEquals(1, stream.read());
        assertArrayEquals(new byte[] {2, 3}, stream.readAllBytes());
        assertEquals(-1, stream.read());
    }

    @Test
    void answerThatTakesTooLongIsBroken() {
        stream.head(200, Map.of());
        stream.bytes(new byte[] {1});
        ticker.advance(Duration.ofSeconds(61));

        BodyStream.BrokenException broken = assertThrows(BodyStream.BrokenException.class, () -> stream.readNBytes(2));

        assertEquals("it took too long", broken.getMessage());
    }

    @Test
    void readerWaitsForTheHead() throws Exception {
        CompletableFuture<Integer> status = CompletableFuture.supplyAsync(() -> {
            try {
                return stream.awaitHead().status();
            } catch (IOException failure) {
                throw new AssertionError(failure);
            }
        });

        stream.head(404, Map.of());

        assertEquals(404, status.get());
    }

    @Test
    void failureComesBehindWhatHasArrived() throws Exception {
        stream.bytes(new byte[] {1});
        stream.failed(UpstreamFailure.BROKEN_OFF, "secret reason of the other side");

        assertEquals(1, stream.read());
        BodyStream.BrokenException broken = assertThrows(BodyStream.BrokenException.class, stream::read);
        assertEquals("it broke its answer off", broken.getMessage());
    }

    @Test
    void interruptedReaderStops() {
        Thread.currentThread().interrupt();

        assertThrows(InterruptedIOException.class, stream::read);
        assertEquals(true, Thread.interrupted());
    }
}
