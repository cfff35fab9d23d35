package dev.datapipeline.llm.limit;

import dev.datapipeline.llm.limit.PlaceDecision.Granted;
import dev.datapipeline.llm.limit.PlaceDecision.TooLate;
import dev.datapipeline.llm.limit.RateLimiter.Ticket;
import dev.datapipeline.testing.SettableTimer;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.UUID;

/** Callers of a limiter, with a clock that the test sets. */
abstract class RateLimiterFixture {
    static final Duration LONG = Duration.ofHours(10);
    static final Duration SECOND = Duration.ofSeconds(1);
    final SettableTimer timer = new SettableTimer();
    final UUID run = UUID.randomUUID();
    final List<String> granted = new ArrayList<>();
    final Deque<Place> places = new ArrayDeque<>();
    final List<TooLate> turnedAway = new ArrayList<>();

    RateLimiter limiter(long requests, long tokens, int inFlight) {
        return new RateLimiter(new RateLimits(limit(requests), limit(tokens), inFlight), timer);
    }

    static OptionalLong limit(long value) {
        return value == 0 ? OptionalLong.empty() : OptionalLong.of(value);
    }

    Ticket ask(RateLimiter limiter, String name, UUID owner, boolean isTrial, long tokens, Duration longest) {
        return limiter.request(new PlaceRequest(owner, isTrial, tokens, Duration.ZERO, longest), decision -> {
            switch (decision) {
                case Granted here -> {
                    granted.add(name);
                    places.add(here.place());
                }
                case TooLate late -> turnedAway.add(late);
            }
        });
    }

    Ticket ask(RateLimiter limiter, String name, UUID owner) {
        return ask(limiter, name, owner, false, 1, LONG);
    }

    static RateHeaders headers(Map<String, String> headers) {
        return RateHeaders.of(headers, Instant.EPOCH);
    }
}
