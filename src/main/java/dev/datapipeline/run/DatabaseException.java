package dev.datapipeline.run;

import java.sql.SQLException;

/** The database did not do what was asked; it may later. */
public final class DatabaseException extends RuntimeException {
    DatabaseException(SQLException cause) {
        super(cause);
    }
}
