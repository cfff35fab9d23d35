package dev.datapipeline.environment.store;

import dev.datapipeline.environment.lock.Lock;
import dev.datapipeline.environment.requirement.DeclaredPackages;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * An environment claimed by a worker.
 *
 * @param attempt the fencing token: the number of this attempt, from 1
 * @param lock null where it is still to be resolved
 * @param logLength characters of the log so far
 */
public record EnvironmentClaim(
        UUID id,
        int attempt,
        Setbacks setbacks,
        DeclaredPackages declared,
        @Nullable Lock lock,
        long logLength) {
    /**
     * Earlier attempts in a row that came to nothing although nothing was wrong with the declaration.
     *
     * @param failures all of them, obstacles such as an index that is away included
     * @param crashes those that the builder or the service ended unexpectedly
     * @param deaths those that ended with the process that made them
     */
    public record Setbacks(int failures, int crashes, int deaths) {}

    /** For the log of the service. */
    @Override
    public String toString() {
        return "environment %s, attempt %d".formatted(id, attempt);
    }
}
