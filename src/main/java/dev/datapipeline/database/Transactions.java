package dev.datapipeline.database;

import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import javax.sql.DataSource;

/** Short transactions over plain JDBC for the hot path; deadlocks and serialization failures are tried again, invisible to the caller. */
@Singleton
public final class Transactions {
    private static final Set<String> TRANSIENT = Set.of("40001", "40P01");
    private static final int TRIES = 5;

    private final DataSource database;

    public Transactions(DataSource database) {
        this.database = database;
    }

    /** Work inside one transaction; may run more than once, so it must not touch anything but the connection. */
    public interface Work<T> {
        T apply(Connection connection) throws SQLException;
    }

    /** @throws DatabaseException the transaction did not happen */
    public <T> T run(Work<T> work) {
        for (int attempt = 1; ; attempt++) {
            try {
                return once(work);
            } catch (SQLException failed) {
                if (attempt == TRIES || !TRANSIENT.contains(String.valueOf(failed.getSQLState()))) {
                    throw new DatabaseException(failed);
                }
                pause(attempt);
            }
        }
    }

    private <T> T once(Work<T> work) throws SQLException {
        try (Connection connection = database.getConnection()) {
            connection.setAutoCommit(false);
            try {
                T result = work.apply(connection);
                connection.commit();
                connection.setAutoCommit(true);
                return result;
            } catch (Throwable failed) {
                rollBack(connection, failed);
                throw failed;
            }
        }
    }

    /** Whatever goes wrong here says less than why it had to be. */
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
