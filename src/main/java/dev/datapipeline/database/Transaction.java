package dev.datapipeline.database;

import java.sql.Connection;

/** A transaction under way. Belongs to one thread, and only to the {@link Transactions.Work} that it was given to. */
public final class Transaction {
    private final Connection connection;

    Transaction(Connection connection) {
        this.connection = connection;
    }

    public Query query(Sql sql) {
        return new Query(connection, sql);
    }
}
