package dev.datapipeline.llm.limit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.datapipeline.llm.limit.PlaceDecision.Granted;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How the rate follows what an upstream says of itself. */
class AdaptedRateTest extends RateLimiterFixture {
    @Test
    void refusalPutsEverybodyToSleepForAsLongAsIsAsked() {
        RateLimiter limiter = limiter(0, 0, 10);
        ask(limiter, "a", run);
        Place refused = places.remove();
        refused.answered(429, headers(Map.of("retry-after-ms", "1500", "retry-after", "1")));
        refused.free();
        ask(limiter, "b", run);

        timer.pass(Duration.ofMillis(1499));
        assertEquals(List.of("a"), granted);
        timer.pass(Duration.ofMillis(2));
        assertEquals(List.of("a", "b"), granted);
    }

    @Test
    void refusalsOfCallsThatWereUnderWayTogetherHalveTheRateOnce() {
        RateLimiter limiter = limiter(600, 0, 100);
        for (int i = 0; i < 6; i++) {
            ask(limiter, "a", run);
        }
        List<Place> all = List.copyOf(places);
        all.forEach(place -> place.answered(429, headers(Map.of("retry-after", "1"))));
        all.forEach(Place::free);
        granted.clear();
        timer.pass(SECOND);

        assertUsed(limiter, 300, 0.1);
    }

    @Test
    void rateRisesAgainByAPartOfTheLimitEachMinute() {
        RateLimiter limiter = limiter(600, 0, 100);
        ask(limiter, "a", run);
        places.element().answered(429, RateHeaders.NONE);
        places.remove().free();
        timer.pass(Duration.ofMinutes(10));
        granted.clear();

        assertUsed(limiter, 600, 0.05);
    }

    @Test
    void announcedLimitCountsWhereItIsLessThanTheSettings() {
        RateLimiter limiter = limiter(6000, 0, 100);
        ask(limiter, "a", run);
        places.element().answered(200, headers(Map.of("x-ratelimit-limit-requests", "60")));
        places.remove().free();
        granted.clear();

        assertUsed(limiter, 60, 0.05);
    }

    @Test
    void whatTheUpstreamHasLeftIsBelieved() {
        RateLimiter limiter = limiter(6000, 0, 100);
        ask(limiter, "a", run);
        places.element()
                .answered(
                        200,
                        headers(Map.of("x-ratelimit-limit-requests", "6000", "x-ratelimit-remaining-requests", "0")));
        ask(limiter, "b", run);

        assertEquals(List.of("a"), granted);
        timer.pass(Duration.ofMillis(20));
        assertEquals(List.of("a", "b"), granted);
    }

    @Test
    void retryWaitsForItsPauseAndMayGiveUp() {
        RateLimiter limiter = limiter(0, 0, 10);
        PlaceRequest paused = new PlaceRequest(run, false, 1, SECOND, LONG);
        limiter.request(paused, decision -> granted.add("a"));
        limiter.request(paused, decision -> granted.add("b")).cancel();

        timer.pass(Duration.ofMillis(999));
        assertEquals(List.of(), granted);
        timer.pass(Duration.ofMillis(1));
        assertEquals(List.of("a"), granted);
    }

    /** The upstream counts in windows of a minute that begin at any moment, which is the strictest way. */
    @ParameterizedTest
    @CsvSource({"10, 0", "500, 0", "3000, 0", "0, 200000", "500, 90000"})
    void nearlyAllOfTheLimitIsUsedAndNoMinuteSeesMore(long requests, long tokens) {
        RateLimiter limiter = limiter(requests, tokens, 64);
        StrictUpstream upstream = new StrictUpstream(requests, tokens);
        Random random = new Random(11);
        Runnable[] caller = new Runnable[1];
        caller[0] = () -> {
            long used = 100 + random.nextInt(200);
            long claimed = used + random.nextInt(300);
            limiter.request(new PlaceRequest(run, false, claimed, Duration.ZERO, LONG), decision -> {
                if (decision instanceof Granted here) {
                    upstream.take(used, timer.nanoTime());
                    timer.after(Duration.ofMillis(50 + random.nextInt(500)), () -> {
                        here.place().free(used);
                        caller[0].run();
                    });
                }
            });
        };
        for (int i = 0; i < 100; i++) {
            caller[0].run();
        }

        timer.pass(Duration.ofMinutes(10));

        double part = Math.max(
                requests == 0 ? 0 : upstream.requests.size() / (requests * 10.0),
                tokens == 0 ? 0 : upstream.usedTokens() / (tokens * 10.0));
        assertTrue(part >= 0.97, "used " + part);
        assertTrue(upstream.excess() <= 1.0, "a minute saw " + upstream.excess() + " of the limit");
    }

    private static final class StrictUpstream {
        private final long requestLimit;
        private final long tokenLimit;
        private final List<long[]> requests = new ArrayList<>();

        StrictUpstream(long requestLimit, long tokenLimit) {
            this.requestLimit = requestLimit;
            this.tokenLimit = tokenLimit;
        }

        void take(long tokens, long now) {
            requests.add(new long[] {now, tokens});
        }

        long usedTokens() {
            return requests.stream().mapToLong(request -> request[1]).sum();
        }

        /** The fullest minute, as a part of the limit. */
        double excess() {
            double most = 0;
            int first = 0;
            long tokens = 0;
            for (int last = 0; last < requests.size(); last++) {
                tokens += requests.get(last)[1];
                while (requests.get(last)[0] - requests.get(first)[0]
                        >= Duration.ofMinutes(1).toNanos()) {
                    tokens -= requests.get(first++)[1];
                }
                most = Math.max(most, requestLimit == 0 ? 0 : (last - first + 1) / (double) requestLimit);
                most = Math.max(most, tokenLimit == 0 ? 0 : tokens / (double) tokenLimit);
            }
            return most;
        }
    }

    private void assertUsed(RateLimiter limiter, long perMinute, double tolerance) {
        LongStream.range(0, 2 * perMinute).forEach(i -> ask(limiter, "load", run));
        for (int i = 0; i < 6_000; i++) {
            timer.pass(Duration.ofMillis(10));
            while (!places.isEmpty()) {
                places.remove().free();
            }
        }
        assertEquals(perMinute, granted.size(), perMinute * tolerance);
    }
}
