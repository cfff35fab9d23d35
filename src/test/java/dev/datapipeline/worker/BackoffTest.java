package dev.datapipeline.worker;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BackoffTest {
    private static final Patience PATIENCE = Patience.withBackoff(Duration.ofMillis(500), Duration.ofSeconds(30));

    @ParameterizedTest
    @CsvSource({"1, 500", "2, 1000", "3, 2000", "7, 30000", "17, 30000", "1000, 30000", "2147483647, 30000"})
    void pauseIsBetweenHalfAndWholeOfTheDoubledOne(int attempt, long most) {
        for (int look = 0; look < 200; look++) {
            long pause = Backoff.pause(PATIENCE, attempt).toMillis();
            assertTrue(most / 2 <= pause && pause <= most, "attempt " + attempt + ": " + pause);
        }
    }

    @Test
    void pausesDiffer() {
        Set<Duration> pauses = IntStream.range(0, 200)
                .mapToObj(look -> Backoff.pause(PATIENCE, 10))
                .collect(Collectors.toSet());

        assertTrue(pauses.size() > 100, pauses.size() + " different pauses");
    }

    @Test
    void noPauseIsAllowed() {
        assertEquals(Duration.ZERO, Backoff.pause(Patience.withBackoff(Duration.ZERO, Duration.ZERO), 5));
    }
}
