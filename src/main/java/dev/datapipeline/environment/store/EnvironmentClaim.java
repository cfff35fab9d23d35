package dev.datapipeline.environment.store;

import dev.datapipeline.environment.lock.Lock;
import dev.datapipeline.environment.requirement.DeclaredPackages;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * An environment claimed by a worker.
 *
 * @param attempt the fencing token: the number of this attempt, from 1
 * @param failures earlier attempts that failed in a row although nothing was wrong with the declaration
 * @param lock null where it is still to be resolved
 * @param logLength characters of the log so far
 */
public record EnvironmentClaim(
        UUID id,
        int attempt,
        int failures,
        DeclaredPackages declared,
        @Nullable Lock lock,
        long logLength) {
    /** For the log of the service. */
    @Override
    public String toString() {
        return "environment %s, attempt %d".formatted(id, attempt);
    }
}
