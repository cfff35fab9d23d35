package dev.datapipeline.llm.limit;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.datapipeline.llm.limit.PlaceDecision.TooLate;
import dev.datapipeline.llm.limit.RateLimiter.Ticket;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** Who may call, and in which order. */
class RateLimiterTest extends RateLimiterFixture {
    @Test
    void withoutLimitsEverybodyGoesAtOnce() {
        RateLimiter limiter = limiter(0, 0, 1000);
        for (int i = 0; i < 1000; i++) {
            ask(limiter, "a", run);
        }

        assertEquals(1000, granted.size());
        assertEquals(0, timer.waiting(), "no timer is left for those who went");
    }

    @Test
    void placesInFlightAreNeverExceededAndComeBack() {
        RateLimiter limiter = limiter(0, 0, 2);
        for (String name : List.of("a", "b", "c", "d")) {
            ask(limiter, name, run);
        }
        assertEquals(List.of("a", "b"), granted);

        places.remove().free();
        places.remove().withdraw();

        assertEquals(List.of("a", "b", "c", "d"), granted);
        assertEquals(2, limiter.inFlight());
    }

    @Test
    void givingBackTwiceFreesOnePlace() {
        RateLimiter limiter = limiter(0, 0, 1);
        ask(limiter, "a", run);
        Place place = places.remove();

        place.free();
        place.free();
        place.withdraw();

        assertEquals(0, limiter.inFlight());
    }

    @Test
    void runsTakeTurnsAndEachKeepsItsOrder() {
        RateLimiter limiter = limiter(0, 0, 1);
        UUID other = UUID.randomUUID();
        for (String name : List.of("a1", "a2", "a3")) {
            ask(limiter, name, run);
        }
        for (String name : List.of("b1", "b2", "b3")) {
            ask(limiter, name, other);
        }
        while (!places.isEmpty()) {
            places.remove().free();
        }

        assertEquals(List.of("a1", "a2", "b1", "a3", "b2", "b3"), granted);
    }

    @Test
    void oneCallOfATrialGoesFirst() {
        RateLimiter limiter = limiter(0, 0, 2);
        for (String name : List.of("a1", "a2", "a3", "a4")) {
            ask(limiter, name, run);
        }
        UUID trial = UUID.randomUUID();
        ask(limiter, "t1", trial, true, 1, LONG);
        ask(limiter, "t2", trial, true, 1, LONG);

        places.remove().free();
        assertEquals(List.of("a1", "a2", "t1"), granted);
        places.remove().free();
        assertEquals(List.of("a1", "a2", "t1", "a3"), granted, "the second one waits while the first is under way");
        places.remove().free();
        assertEquals(List.of("a1", "a2", "t1", "a3", "t2"), granted);
    }

    @Test
    void oneWhoGivesUpIsPassedOver() {
        RateLimiter limiter = limiter(0, 0, 1);
        ask(limiter, "a", run);
        Ticket left = ask(limiter, "b", run);
        ask(limiter, "c", run);

        left.cancel();
        left.cancel();
        places.remove().free();

        assertEquals(List.of("a", "c"), granted);
    }

    @Test
    void onlyTheHeadLargerThanTheBucketHoldsUpTheRest() {
        RateLimiter limiter = limiter(0, 600, 10);
        ask(limiter, "large", run, false, 600, LONG);
        ask(limiter, "small", run, false, 1, LONG);
        assertEquals(List.of("large"), granted, "goes alone, and the rest pays");

        timer.pass(Duration.ofSeconds(55));
        assertEquals(List.of("large"), granted);
        timer.pass(Duration.ofSeconds(10));
        assertEquals(List.of("large", "small"), granted);
    }

    @Test
    void tokensThatWereNotUsedComeBack() {
        RateLimiter limiter = limiter(0, 600, 10);
        ask(limiter, "a", run, false, 600, LONG);
        ask(limiter, "b", run, false, 6, LONG);

        places.remove().free(6);

        assertEquals(List.of("a"), granted);
        timer.pass(SECOND);
        assertEquals(List.of("a", "b"), granted);
    }

    @Test
    void oneWhoseTurnComesTooLateIsTold() {
        RateLimiter limiter = limiter(0, 0, 1);
        ask(limiter, "a", run);
        ask(limiter, "b", run, false, 1, SECOND);

        timer.pass(SECOND);

        assertEquals(1, turnedAway.size());
        places.remove().free();
        assertEquals(List.of("a"), granted);
        assertEquals(0, timer.waiting());
    }

    @Test
    void nobodyIsLetInToWaitForAnUpstreamThatAsksForMoreThanTheyHave() {
        RateLimiter limiter = limiter(0, 0, 10);
        ask(limiter, "a", run);
        places.remove().answered(429, headers(Map.of("retry-after", "30")));

        ask(limiter, "b", run, false, 1, SECOND);

        assertEquals(List.of(new TooLate(Duration.ofSeconds(30))), turnedAway);
    }
}
