package dev.datapipeline.http;

import dev.datapipeline.database.DatabaseFailure;
import dev.datapipeline.problem.ProblemException;
import dev.datapipeline.problem.ProblemType;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

final class DatabaseProblems {
    private static final Duration RETRY_AFTER = Duration.ofSeconds(5);

    private DatabaseProblems() {}

    /** Null when the database is not to blame for the failure. */
    static @Nullable ProblemException of(Throwable exception) {
        DatabaseFailure failure = DatabaseFailure.of(exception);
        return failure == null ? null : problem(failure).retryAfter(RETRY_AFTER);
    }

    private static ProblemException problem(DatabaseFailure failure) {
        return switch (failure) {
            case NO_SPACE ->
                new ProblemException(ProblemType.NO_SPACE, "The database has no space left. Free some and try again.");
            case UNAVAILABLE ->
                new ProblemException(
                        ProblemType.DATABASE_UNAVAILABLE, "The database does not answer right now. Try again soon.");
        };
    }
}
