package dev.datapipeline.llm.limit;

import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.datapipeline.llm.limit.PlaceDecision.Granted;
import dev.datapipeline.testing.SettableTimer;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.OptionalLong;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is learnt from an upstream that refuses and announces no limit. */
class LearntLimitTest {
    private static final Duration PATIENCE = Duration.ofHours(10);
    private static final Duration CALL = Duration.ofMillis(100);
    private static final int CALLERS = 32;

    private final SettableTimer timer = new SettableTimer();
    private final RateLimiter limiter =
            new RateLimiter(new RateLimits(OptionalLong.empty(), OptionalLong.empty(), CALLERS), timer);
    private final UUID run = UUID.randomUUID();
    private int accepted;
    private int refused;

    /** Whether the upstream accepts a request now. */
    private interface Upstream {
        boolean accepts(long now);
    }

    @Test
    void refusalsWithoutALimitBehindThemCostSecondsOnly() {
        int[] refusals = {4};
        load(now -> refusals[0]-- <= 0);

        timer.pass(Duration.ofMinutes(1));
        assertTrue(accepted >= 40, "accepted after a minute: " + accepted);

        timer.pass(Duration.ofMinutes(14));
        assertTrue(accepted >= 10_000, "accepted after a quarter of an hour: " + accepted);
    }

    @Test
    void refusalsAtTheBeginningOfALongRunAreForgotten() {
        load(now -> now > Duration.ofSeconds(20).toNanos());

        timer.pass(Duration.ofMinutes(15));

        assertTrue(accepted >= 5_000, "accepted: " + accepted);
    }

    @ParameterizedTest
    @ValueSource(ints = {60, 600, 3000})
    void limitThatNobodyAnnouncesIsFoundAndKept(int perMinute) {
        load(new Bucket(perMinute));

        timer.pass(Duration.ofMinutes(20));

        double used = accepted / (perMinute * 20.0);
        assertTrue(used >= 0.85, "used " + used + ", refused " + refused);
        assertTrue(refused <= 0.03 * accepted + 60, "refused " + refused + " of " + accepted);
    }

    /** Refills all the time and holds what ten seconds bring. */
    private static final class Bucket implements Upstream {
        private final double perNano;
        private final double capacity;
        private double level;
        private long refilledAt;

        Bucket(double perMinute) {
            perNano = perMinute / Duration.ofMinutes(1).toNanos();
            capacity = perMinute / 6;
            level = capacity;
        }

        @Override
        public boolean accepts(long now) {
            level = Math.min(capacity, level + (now - refilledAt) * perNano);
            refilledAt = now;
            if (level < 1) {
                return false;
            }
            level--;
            return true;
        }
    }

    private void load(Upstream upstream) {
        for (int i = 0; i < CALLERS; i++) {
            call(upstream);
        }
    }

    private void call(Upstream upstream) {
        limiter.request(new PlaceRequest(run, false, 1, Duration.ZERO, PATIENCE), decision -> {
            if (decision instanceof Granted here) {
                timer.after(CALL, () -> answer(upstream, here.place()));
            }
        });
    }

    private void answer(Upstream upstream, Place place) {
        if (upstream.accepts(timer.nanoTime())) {
            accepted++;
            place.answered(200, RateHeaders.NONE);
        } else {
            refused++;
            place.answered(429, RateHeaders.of(Map.of("retry-after", "3"), Instant.EPOCH));
        }
        place.free();
        call(upstream);
    }
}
