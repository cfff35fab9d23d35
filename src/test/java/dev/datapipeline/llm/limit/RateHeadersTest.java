package dev.datapipeline.llm.limit;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RateHeadersTest {
    private static final Instant NOW = Instant.parse("2026-03-01T10:00:00Z");

    @ParameterizedTest
    @CsvSource(textBlock = """
                    20, 20000
                    0.5, 500
                    76ms, 76
                    6m0s, 360000
                    1s, 1000
                    1m30.5s, 90500
                    1h2m3.5s, 3723500
                    17.5s, 17500
                    1d, 86400000
                    'Sun, 01 Mar 2026 10:00:07 GMT', 7000
                    'Sun, 01 Mar 2026 09:00:00 GMT', 0
                    -1, 0
                    0, 0
                    soon, 0
                    '', 0
                    99999999999999999999, 0
                    1e9, 0
                    """)
    void durationsOfAllFormsAreRead(String text, long milliseconds) {
        assertEquals(Duration.ofMillis(milliseconds), HeaderDuration.of(text, NOW));
    }

    @ParameterizedTest
    @CsvSource(nullValues = "-", textBlock = """
                    1500, 1, -, -, 1500
                    100, 2, -, -, 2000
                    -, -, 3s, 0, 3000
                    -, -, 3s, 5, 0
                    -, 1, 30s, 0, 30000
                    -, 86400, -, -, 120000
                    -, -, -, -, 0
                    """)
    void longestPauseCounts(String milliseconds, String seconds, String reset, String remaining, long pause) {
        Map<String, String> headers = new HashMap<>();
        headers.put("retry-after-ms", milliseconds);
        headers.put("retry-after", seconds);
        headers.put("x-ratelimit-reset-tokens", reset);
        headers.put("x-ratelimit-remaining-tokens", remaining);

        assertEquals(Duration.ofMillis(pause), RateHeaders.of(headers, NOW).retryAfter());
    }

    @ParameterizedTest
    @CsvSource({"500, 499, 120ms, 500", "500, 0, 60s, 500", "200, 190, 72m0s, 0.139", "0, 0, 1s, -1", "5x, 1, 1s, -1"})
    void limitIsTakenForThatOfAMinuteUnlessItComesBackMoreSlowly(
            String limit, String remaining, String reset, double perMinute) {
        RateHeaders headers = RateHeaders.of(
                Map.of(
                        "x-ratelimit-limit-requests", limit,
                        "x-ratelimit-remaining-requests", remaining,
                        "x-ratelimit-reset-requests", reset),
                NOW);

        assertEquals(perMinute, headers.requests().perMinute().orElse(-1), 0.001);
    }

    @Test
    void missingHeadersSayNothing() {
        RateHeaders headers = RateHeaders.of(Map.of(), NOW);

        assertEquals(RateHeaders.NONE, headers);
        assertEquals(OptionalDouble.empty(), headers.tokens().perMinute());
    }
}
