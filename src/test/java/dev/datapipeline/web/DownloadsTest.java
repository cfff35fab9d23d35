package dev.datapipeline.web;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.datapipeline.problem.ProblemException;
import dev.datapipeline.problem.ProblemType;
import jakarta.ws.rs.core.StreamingOutput;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class DownloadsTest {
    private final Downloads downloads = new Downloads(new OneAtATime());
    private final ByteArrayOutputStream received = new ByteArrayOutputStream();
    private final StreamingOutput letter = downloads.bounded(target -> target.write('a'));

    @Test
    void downloadBeyondTheBoundIsRefusedBeforeItsFirstByte() throws IOException {
        StreamingOutput outer = downloads.bounded(target -> {
            ProblemException refusal = assertThrows(ProblemException.class, () -> letter.write(target));
            assertEquals(ProblemType.TOO_MANY_REQUESTS, refusal.type());
        });

        outer.write(received);

        assertEquals(0, received.size());
    }

    @Test
    void downloadThatBreaksOffLeavesItsPlace() throws IOException {
        StreamingOutput broken = downloads.bounded(target -> {
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
    }
}
