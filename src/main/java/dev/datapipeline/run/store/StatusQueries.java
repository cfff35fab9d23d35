package dev.datapipeline.run.store;

import static dev.datapipeline.run.store.Statements.sql;

import dev.datapipeline.database.Sql;
import dev.datapipeline.database.Transactions;
import jakarta.inject.Singleton;
import java.util.List;

@Singleton
public class StatusQueries {
    private static final Sql RUNS = sql("select status, count(*) as count from run group by status");

    /** Two queries, each of which reads a partial index only. */
    private static final Sql OPEN_BATCHES = sql("""
            select status, count(*) as count from batch where status = {QUEUED} group by status
            union all select status, count(*) as count from batch where status = {RUNNING} group by status""");

    private final Transactions transactions;

    StatusQueries(Transactions transactions) {
        this.transactions = transactions;
    }

    public record StatusCount(String status, long count) {}

    public List<StatusCount> runs() {
        return counts(RUNS);
    }

    public List<StatusCount> openBatches() {
        return counts(OPEN_BATCHES);
    }

    private List<StatusCount> counts(Sql query) {
        return transactions.run(transaction ->
                transaction.query(query).list(row -> new StatusCount(row.text("status"), row.number("count"))));
    }
}
