package dev.datapipeline.http.download;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.datapipeline.http.HttpConfig;
import dev.datapipeline.problem.ProblemException;
import dev.datapipeline.problem.ProblemType;
import io.quarkus.runtime.configuration.MemorySize;
import io.quarkus.vertx.http.runtime.CurrentVertxRequest;
import io.vertx.core.Vertx;
import jakarta.ws.rs.core.StreamingOutput;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.math.BigInteger;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class DownloadLimiterTest {
    private final Vertx vertx = Vertx.vertx();
    private final DownloadLimiter downloads = new DownloadLimiter(new OneAtATime(), new CurrentVertxRequest(), vertx);
    private final ByteArrayOutputStream received = new ByteArrayOutputStream();
    private final StreamingOutput letter = downloads.file((target, client) -> target.write('a'));

    @Test
    void rejectsADownloadBeyondTheLimitBeforeItsFirstByte() throws IOException {
        StreamingOutput outer = downloads.file((target, client) -> {
            ProblemException rejection = assertThrows(ProblemException.class, () -> letter.write(target));
            assertEquals(ProblemType.TOO_MANY_REQUESTS, rejection.type());
        });

        outer.write(received);

        assertEquals(0, received.size());
    }

    @Test
    void listsAndFilesHaveSeparatePlaces() throws IOException {
        StreamingOutput list = downloads.list((target, client) -> letter.write(target));

        list.write(received);

        assertEquals("a", received.toString(US_ASCII));
    }

    @AfterEach
    void close() {
        vertx.close();
    }

    @Test
    void brokenDownloadReleasesItsPlace() throws IOException {
        StreamingOutput broken = downloads.file((target, client) -> {
            throw new IOException("Connection reset by peer");
        });
        assertThrows(IOException.class, () -> broken.write(received));

        letter.write(received);

        assertEquals("a", received.toString(US_ASCII));
    }

    private static final class OneAtATime implements HttpConfig {
        @Override
        public boolean listenPublicly() {
            return false;
        }

        @Override
        public Optional<List<String>> hosts() {
            return Optional.empty();
        }

        @Override
        public Optional<List<String>> operators() {
            return Optional.empty();
        }

        @Override
        public Duration bodyTimeout() {
            return Duration.ofSeconds(1);
        }

        @Override
        public int maxConcurrentDownloads() {
            return 1;
        }

        @Override
        public MemorySize minDownloadRate() {
            return new MemorySize(BigInteger.valueOf(64 * 1024));
        }
    }
}
