package dev.datapipeline.identity.account;

import dev.datapipeline.problem.ProblemException;
import dev.datapipeline.problem.ProblemType;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Hashes passwords, few at a time: each takes a processor for a twentieth of a second, and 19 MiB. */
@Singleton
class PasswordHasher {
    private static final int AT_ONCE = 2;
    private static final int MOST_WAITING = 16;
    private static final Duration RETRY_AFTER = Duration.ofSeconds(2);

    private final Semaphore places = new Semaphore(AT_ONCE + MOST_WAITING);
    private final Semaphore running = new Semaphore(AT_ONCE, true);

    String hash(String password) {
        return inTurn(() -> Argon2Hash.of(password).text());
    }

    /**
     * Takes the same time in each case.
     *
     * @param stored null if there is no such user, or none with a password
     */
    boolean matches(String password, @Nullable String stored) {
        return inTurn(() -> {
            if (stored == null) {
                Argon2Hash.of(password);
                return false;
            }
            return Argon2Hash.parse(stored).matches(password);
        });
    }

    private <T> T inTurn(Supplier<T> work) {
        if (!places.tryAcquire()) {
            throw busy();
        }
        try {
            if (!running.tryAcquire(RETRY_AFTER.toMillis(), TimeUnit.MILLISECONDS)) {
                throw busy();
            }
            try {
                return work.get();
            } finally {
                running.release();
            }
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
            throw busy();
        } finally {
            places.release();
        }
    }

    private static ProblemException busy() {
        return new ProblemException(
                        ProblemType.TOO_MANY_REQUESTS, "Too many people are signing in right now. Try again soon.")
                .retryAfter(RETRY_AFTER);
    }
}
