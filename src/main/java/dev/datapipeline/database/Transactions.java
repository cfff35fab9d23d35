package dev.datapipeline.database;

import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.concurrent.ThreadLocalRandom;
import javax.sql.DataSource;

/** Runs short transactions over plain JDBC. A deadlock or serialization failure is repeated, so that the caller does not notice it. */
@Singleton
public final class Transactions {
    private static final int TRIES = 5;

    private final DataSource database;

    public Transactions(DataSource database) {
        this.database = database;
    }

    /** Work inside one transaction. May run more than once, so it must not change anything but the database. */
    public interface Work<T> {
        T apply(Transaction transaction);
    }

    /** @throws DatabaseException the transaction was rolled back */
    public <T> T run(Work<T> work) {
        for (int attempt = 1; ; attempt++) {
            try {
                return once(work);
            } catch (DatabaseException failed) {
                if (attempt == TRIES || !failed.isConflict()) {
                    throw failed;
                }
                pause(attempt);
            }
        }
    }

    private <T> T once(Work<T> work) {
        try (Connection connection = database.getConnection()) {
            connection.setAutoCommit(false);
            try {
                T result = work.apply(new Transaction(connection));
                connection.commit();
                connection.setAutoCommit(true);
                return result;
            } catch (Throwable failed) {
                rollBack(connection, failed);
                throw failed;
            }
        } catch (SQLException failed) {
            throw new DatabaseException(failed);
        }
    }

    /** A failed rollback is only added to the failure that made it necessary. */
    private static void rollBack(Connection connection, Throwable cause) {
        try {
            connection.rollback();
            connection.setAutoCommit(true);
        } catch (SQLException alsoFailed) {
            cause.addSuppressed(alsoFailed);
        }
    }

    private static void pause(int attempt) {
        try {
            Thread.sleep(ThreadLocalRandom.current().nextLong(5, 20L << attempt));
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
