package dev.datapipeline.llm.limit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class TokenEstimateTest {
    private final TokenEstimate estimate = new TokenEstimate();

    @Test
    void firstGuessIsFourBytesATokenAndTheBoundOfTheAnswer() {
        assertEquals(100 + 500, estimate.of(400, 500));
        assertEquals(100 + 4096, estimate.of(400, -1));
    }

    @Test
    void learntOutputCountsOnceEnoughWasSeen() {
        for (int i = 0; i < 60; i++) {
            estimate.learn(400, 100, i % 20 == 0 ? 900 : 50);
        }

        assertTrue(estimate.of(400, 4096) <= 100 + 900);
        assertEquals(100 + 20, estimate.of(400, 20), "never more than the request allows");
    }

    @Test
    void learntRatioFollowsTheTexts() {
        for (int i = 0; i < 200; i++) {
            estimate.learn(1000, 500, 1);
        }

        assertEquals(501, estimate.of(1000, 100), 2);
    }
}
