package dev.datapipeline.database;

import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/** A transient failure of the database, as opposed to a bug. */
public enum DatabaseFailure {
    /** The database is away, busy, or another transaction was in the way. */
    UNAVAILABLE,
    NO_SPACE;

    private static final int MAX_DEPTH = 20;

    public static @Nullable DatabaseFailure of(Throwable exception) {
        Throwable cause = exception;
        for (int depth = 0; cause != null && depth < MAX_DEPTH; depth++) {
            DatabaseFailure failure = cause instanceof SQLException sql ? of(sql.getSQLState()) : null;
            if (failure != null) {
                return failure;
            }
            cause = cause.getCause();
        }
        return null;
    }

    /** See https://www.postgresql.org/docs/current/errcodes-appendix.html. */
    private static @Nullable DatabaseFailure of(@Nullable String state) {
        if (state == null) {
            // The server always gives a state. The connection pool gives none when it has no connection in time.
            return UNAVAILABLE;
        }
        if (state.equals("53100")) {
            return NO_SPACE;
        }
        boolean passes = state.startsWith("08")
                || state.startsWith("53")
                || state.startsWith("57")
                || state.startsWith("58")
                || state.equals("40001")
                || state.equals("40P01")
                || state.equals("55P03");
        return passes ? UNAVAILABLE : null;
    }
}
