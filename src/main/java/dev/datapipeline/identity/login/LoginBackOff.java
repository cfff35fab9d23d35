package dev.datapipeline.identity.login;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.datapipeline.problem.ProblemException;
import dev.datapipeline.problem.ProblemType;
import dev.datapipeline.time.Ticker;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Duration;

/**
 * Slows down guessing of passwords, by username and by address. An address that goes on guessing waits up to 15 minutes. A username waits
 * up to 30 seconds only, or anybody could lock its owner out; an address from which the owner has signed in before does not wait for the username at
 * all. Thread-safe, and bounded in memory.
 */
@Singleton
class LoginBackOff {
    private static final int FREE_PER_ADDRESS = 10;
    private static final Duration LONGEST_PER_ADDRESS = Duration.ofMinutes(15);
    private static final int FREE_PER_USERNAME = 5;
    private static final Duration LONGEST_PER_USERNAME = Duration.ofSeconds(30);
    private static final int MOST_TRUSTED = 20_000;

    private final FailureCounts addresses;
    private final FailureCounts usernames;
    private final Cache<Attempt, Boolean> trusted =
            Caffeine.newBuilder().maximumSize(MOST_TRUSTED).build();

    /** Somebody who tries to sign in. */
    record Attempt(String username, String address) {}

    @Inject
    LoginBackOff(Ticker ticker) {
        this.addresses = new FailureCounts(FREE_PER_ADDRESS, LONGEST_PER_ADDRESS, ticker);
        this.usernames = new FailureCounts(FREE_PER_USERNAME, LONGEST_PER_USERNAME, ticker);
    }

    /** Counts the attempt as failed until {@link #succeeded} or {@link #notChecked} is called, so that many at one time gain nothing. */
    synchronized void begin(Attempt attempt) {
        Duration wait = addresses.wait(attempt.address());
        if (!isTrusted(attempt)) {
            Duration ofUsername = usernames.wait(attempt.username());
            wait = wait.compareTo(ofUsername) > 0 ? wait : ofUsername;
        }
        if (wait.isPositive()) {
            throw new ProblemException(
                            ProblemType.TOO_MANY_REQUESTS,
                            "There were too many attempts with a wrong password. Try again in "
                                    + wait.plusSeconds(1).toSeconds() + " s.")
                    .retryAfter(wait.plusSeconds(1));
        }
        addresses.add(attempt.address());
        usernames.add(attempt.username());
    }

    /** The address keeps its earlier failures, or somebody with an account could reset them between guesses. */
    synchronized void succeeded(Attempt attempt) {
        addresses.takeBack(attempt.address());
        usernames.forget(attempt.username());
        trusted.put(attempt, true);
    }

    /** The password was neither right nor wrong, since it could not be checked. */
    synchronized void notChecked(Attempt attempt) {
        addresses.takeBack(attempt.address());
        usernames.takeBack(attempt.username());
    }

    synchronized long size() {
        return addresses.size() + usernames.size();
    }

    private boolean isTrusted(Attempt attempt) {
        return trusted.getIfPresent(attempt) != null;
    }
}
