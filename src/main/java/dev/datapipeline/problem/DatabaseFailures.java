package dev.datapipeline.problem;

import java.sql.SQLException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Tells transient failures of the database (not reachable, busy or full) from bugs. */
public final class DatabaseFailures {
    private static final Duration RETRY_AFTER = Duration.ofSeconds(5);
    private static final int MAX_DEPTH = 20;

    private DatabaseFailures() {}

    /** Whether the database caused the failure, so that a repetition may succeed. */
    public static boolean pass(Throwable failure) {
        return problem(failure) != null;
    }

    /** @return what to tell the client, or null when the database is not to blame */
    public static @Nullable ProblemException problem(Throwable failure) {
        Throwable cause = failure;
        for (int depth = 0; cause != null && depth < MAX_DEPTH; depth++) {
            ProblemException problem = cause instanceof SQLException sql ? problem(sql) : null;
            if (problem != null) {
                return problem;
            }
            cause = cause.getCause();
        }
        return null;
    }

    /** See https://www.postgresql.org/docs/current/errcodes-appendix.html. */
    private static @Nullable ProblemException problem(SQLException failure) {
        String state = failure.getSQLState();
        if (state == null) {
            // The server always sets a state; the connection pool sets none when it has no free connection in time.
            return unavailable();
        }
        if (state.equals("53100")) {
            return new ProblemException(
                            ProblemType.NO_SPACE, "The database has no space left. Free some and try again.")
                    .retryAfter(RETRY_AFTER);
        }
        boolean passes = state.startsWith("08")
                || state.startsWith("53")
                || state.startsWith("57")
                || state.startsWith("58")
                || state.equals("40001")
                || state.equals("40P01")
                || state.equals("55P03");
        return passes ? unavailable() : null;
    }

    private static ProblemException unavailable() {
        return new ProblemException(
                        ProblemType.DATABASE_UNAVAILABLE, "The database does not answer right now. Try again soon.")
                .retryAfter(RETRY_AFTER);
    }
}
