package dev.datapipeline.database;

import dev.datapipeline.problem.DatabaseFailures;
import java.sql.SQLException;

/** The database did not do what was asked; it may later. */
public final class DatabaseException extends RuntimeException {
    public DatabaseException(SQLException cause) {
        super(cause);
    }

    /** Whether the same may work later: the database is away, busy or full, rather than asked for something wrong. */
    public boolean passes() {
        return DatabaseFailures.pass(this);
    }
}
