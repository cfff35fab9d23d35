package dev.datapipeline.llm.replay;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.datapipeline.llm.call.StoredAnswer;
import dev.datapipeline.llm.replay.SingleFlight.Follower;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class SingleFlightTest {
    private static final StoredAnswer ANSWER = new StoredAnswer(200, "a/b", null, new byte[0]);

    private final SingleFlight flights = new SingleFlight();
    private final List<String> news = new ArrayList<>();

    private Follower follower(String name) {
        return new Follower() {
            @Override
            public void answered(StoredAnswer answer) {
                news.add(name + " answered");
            }

            @Override
            public void goesFirst() {
                news.add(name + " goes");
            }
        };
    }

    @Test
    void oneGoesUpAndAllGetItsAnswer() {
        assertTrue(flights.join("k", follower("a")));
        assertFalse(flights.join("k", follower("b")));
        assertFalse(flights.join("k", follower("c")));
        assertTrue(flights.join("other", follower("d")));

        flights.landed("k", Optional.of(ANSWER));

        assertEquals(List.of("b answered", "c answered"), news);
        assertTrue(flights.join("k", follower("e")), "the next one asks anew");
    }

    @Test
    void whenTheOneThatWentUpFailsTheNextOneGoes() {
        flights.join("k", follower("a"));
        flights.join("k", follower("b"));
        flights.join("k", follower("c"));

        flights.landed("k", Optional.empty());
        assertEquals(List.of("b goes"), news);
        flights.landed("k", Optional.of(ANSWER));

        assertEquals(List.of("b goes", "c answered"), news);
    }

    @Test
    void oneThatLeftIsNotTold() {
        Follower left = follower("b");
        flights.join("k", follower("a"));
        flights.join("k", left);

        flights.leave("k", left);
        flights.landed("k", Optional.of(ANSWER));

        assertEquals(List.of(), news);
    }
}
