package dev.datapipeline.database;

import java.sql.SQLException;
import java.util.Set;

public final class DatabaseException extends RuntimeException {
    /** Serialization failure and deadlock. */
    private static final Set<String> CONFLICTS = Set.of("40001", "40P01");

    private final boolean isConflict;

    public DatabaseException(SQLException cause) {
        super(cause);
        String state = cause.getSQLState();
        isConflict = state != null && CONFLICTS.contains(state);
    }

    /** Whether another transaction was in the way, so that the same may work at once. */
    boolean isConflict() {
        return isConflict;
    }

    /** Whether the same may work later: the database is away, busy or full, and the statement is not wrong. */
    public boolean passes() {
        return DatabaseFailure.of(this) != null;
    }

    public boolean isDuplicate() {
        return hasState("23505");
    }

    /** Whether other rows refer to what was to be deleted. */
    public boolean isStillUsed() {
        return hasState("23503");
    }

    private boolean hasState(String state) {
        return getCause() instanceof SQLException cause && state.equals(cause.getSQLState());
    }
}
