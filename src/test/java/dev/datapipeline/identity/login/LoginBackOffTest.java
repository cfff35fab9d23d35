package dev.datapipeline.identity.login;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.datapipeline.identity.login.LoginBackOff.Attempt;
import dev.datapipeline.problem.ProblemException;
import dev.datapipeline.problem.ProblemType;
import dev.datapipeline.testing.SettableTicker;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class LoginBackOffTest {
    private static final Attempt ATTACK = new Attempt("ada", "203.0.113.1");
    private static final Attempt OWNER = new Attempt("ada", "198.51.100.1");

    private final SettableTicker ticker = new SettableTicker();
    private final LoginBackOff backOff = new LoginBackOff(ticker);

    /** @return how many of the guesses were checked */
    private int guess(int count, Duration between) {
        int checked = 0;
        for (int guess = 0; guess < count; guess++) {
            try {
                backOff.begin(ATTACK);
                checked++;
            } catch (ProblemException refused) {
                assertEquals(ProblemType.TOO_MANY_REQUESTS, refused.type());
            }
            ticker.advance(between);
        }
        return checked;
    }

    @Test
    void tenThousandGuessesInAMinuteAreNearlyAllRefused() {
        assertTrue(guess(10_000, Duration.ofMillis(6)) <= 12);

        // The owner comes from elsewhere: within the wait of the username, which is short.
        ticker.advance(Duration.ofSeconds(30));
        assertDoesNotThrow(() -> backOff.begin(OWNER));
    }

    @Test
    void anAddressFromWhichTheOwnerHasSignedInDoesNotWaitForOthers() {
        backOff.begin(OWNER);
        backOff.succeeded(OWNER);
        guess(100, Duration.ZERO);

        assertDoesNotThrow(() -> backOff.begin(OWNER));
    }

    @Test
    void saysWhenToTryAgain() {
        guess(5, Duration.ZERO);

        ProblemException refused = assertThrows(ProblemException.class, () -> backOff.begin(OWNER));

        assertEquals(Duration.ofSeconds(2), refused.retryAfter());
        ticker.advance(Duration.ofSeconds(1));
        assertDoesNotThrow(() -> backOff.begin(OWNER));
    }

    @Test
    void signingInBetweenGuessesDoesNotResetTheAddress() {
        Attempt own = new Attempt("mallory", ATTACK.address());
        int checked = 0;
        for (int guess = 0; guess < 100; guess++) {
            try {
                backOff.begin(new Attempt("user" + guess, ATTACK.address()));
                checked++;
                backOff.begin(own);
                backOff.succeeded(own);
            } catch (ProblemException refused) {
                assertEquals(ProblemType.TOO_MANY_REQUESTS, refused.type());
            }
        }

        assertTrue(checked <= 10, "checked " + checked);
    }

    @Test
    void attemptsThatCouldNotBeCheckedDoNotCount() {
        for (int attempt = 0; attempt < 100; attempt++) {
            backOff.begin(ATTACK);
            backOff.notChecked(ATTACK);
        }

        assertDoesNotThrow(() -> backOff.begin(ATTACK));
    }

    @Test
    void memoryIsBoundedWhateverIsGuessed() {
        for (int guess = 0; guess < 200_000; guess++) {
            backOff.begin(new Attempt("user" + guess, "address" + guess));
        }

        assertTrue(backOff.size() <= 40_000);
    }
}
