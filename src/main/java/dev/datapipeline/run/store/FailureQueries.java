package dev.datapipeline.run.store;

import dev.datapipeline.database.StorableText;
import dev.datapipeline.database.Transactions;
import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.BitSet;
import java.util.UUID;

/** Finds where in a run records failed for the causes that a query asks for, without a look at the records. */
@Singleton
public class FailureQueries {
    private static final String FAILED_SO = """
             from batch_failure f join batch b on (b.run_id, b.number) = (f.run_id, f.batch)
            where f.run_id = ? and (b.status in ('SUCCEEDED', 'FAILED') or f.cause <> all (b.retry_causes))
              and (?::text is null or f.step = ?) and (?::text is null or f.stage = ?)
              and (?::text is null or f.type = ?) and (?::text is null or f.cause = ?)""";

    private final Transactions transactions;

    public FailureQueries(Transactions transactions) {
        this.transactions = transactions;
    }

    /** Numbers of the batches that have such records. */
    public BitSet batches(UUID run, RecordQuery query) {
        return transactions.run(connection -> {
            try (PreparedStatement select = prepare(connection, "select distinct f.batch", run, query);
                    ResultSet row = select.executeQuery()) {
                BitSet numbers = new BitSet();
                while (row.next()) {
                    numbers.set(row.getInt(1));
                }
                return numbers;
            }
        });
    }

    /** How many such records there are. */
    public long records(UUID run, RecordQuery query) {
        return transactions.run(connection -> {
            try (PreparedStatement select = prepare(connection, "select coalesce(sum(f.records), 0)", run, query);
                    ResultSet row = select.executeQuery()) {
                row.next();
                return row.getLong(1);
            }
        });
    }

    private static PreparedStatement prepare(Connection connection, String what, UUID run, RecordQuery query)
            throws SQLException {
        PreparedStatement select = connection.prepareStatement(what + FAILED_SO);
        select.setObject(1, run);
        int at = 2;
        for (String wanted : new String[] {query.step(), query.stage(), query.error(), query.cause()}) {
            String storable = StorableText.of(wanted);
            select.setString(at++, storable);
            select.setString(at++, storable);
        }
        return select;
    }
}
