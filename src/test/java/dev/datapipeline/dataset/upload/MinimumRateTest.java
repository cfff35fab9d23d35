package dev.datapipeline.dataset.upload;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.datapipeline.problem.ProblemException;
import dev.datapipeline.problem.ProblemType;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class MinimumRateTest {
    private static final Duration WINDOW = Duration.ofSeconds(60);
    private static final Duration STRETCH = Duration.ofSeconds(10);

    private long now = 1;

    private MinimumRate rate(long lowest) {
        return new MinimumRate(lowest, WINDOW, () -> now);
    }

    private void turnAwayFor(MinimumRate rate, Duration time) {
        for (long end = now + time.toNanos();
                now < end;
                now += Duration.ofSeconds(5).toNanos()) {
            rate.turnedAway();
        }
        rate.turnedAway();
    }

    @Test
    void isLowWhilePlacesAreFree() {
        MinimumRate rate = rate(1_000);

        assertEquals(1_000, rate.bytesPerSecond());
        assertEquals(WINDOW, rate.window());
    }

    @Test
    void growsWhileOthersAreTurnedAway() {
        MinimumRate rate = rate(1_000);

        turnAwayFor(rate, STRETCH);
        assertEquals(4_000, rate.bytesPerSecond());
        assertEquals(STRETCH, rate.window());

        turnAwayFor(rate, STRETCH);
        assertEquals(16_000, rate.bytesPerSecond());
    }

    @Test
    void neverGrowsBeyondAHouseholdLink() {
        MinimumRate rate = rate(1_000);

        turnAwayFor(rate, Duration.ofMinutes(10));

        assertEquals(256 * 1024, rate.bytesPerSecond());
    }

    @Test
    void isLowAgainWhenNobodyWaits() {
        MinimumRate rate = rate(1_000);
        turnAwayFor(rate, Duration.ofMinutes(1));

        now += Duration.ofSeconds(20).toNanos();
        assertEquals(1_000, rate.bytesPerSecond());

        rate.turnedAway();
        assertEquals(1_000, rate.bytesPerSecond());
    }

    @Test
    void staysHighWhereItWasSetHigher() {
        MinimumRate rate = rate(1_000_000);

        turnAwayFor(rate, Duration.ofMinutes(1));

        assertEquals(1_000_000, rate.bytesPerSecond());
    }

    @Test
    void zeroRejectsNoUpload() {
        MinimumRate rate = rate(0);
        turnAwayFor(rate, Duration.ofMinutes(1));

        assertDoesNotThrow(() -> rate.check(0, WINDOW));
    }

    @Test
    void rejectsSlowerUploads() {
        MinimumRate rate = rate(1_000);

        assertDoesNotThrow(() -> rate.check(10_000, STRETCH));
        ProblemException rejected = assertThrows(ProblemException.class, () -> rate.check(9_999, STRETCH));
        assertEquals(ProblemType.UPLOAD_TOO_SLOW, rejected.type());
    }
}
