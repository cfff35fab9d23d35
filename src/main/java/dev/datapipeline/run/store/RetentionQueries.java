package dev.datapipeline.run.store;

import static dev.datapipeline.run.store.Statements.sql;

import dev.datapipeline.database.Sql;
import dev.datapipeline.database.Transactions;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.List;
import java.util.UUID;

/** Finds old runs and datasets, and the ids of all. */
@Singleton
public class RetentionQueries {
    private static final Sql OLD_RUNS = sql("""
            select id from run where status not in {OPEN} and not starred
               and finished_at < now() - :age * interval '1 ms'""");

    private static final Sql OLD_DATASETS = sql("""
            select id from dataset d
             where created_at < now() - :age * interval '1 ms' and not starred
               and not exists (select from run where dataset_id = d.id)""");

    private static final Sql RUNS = sql("select id from run");
    private static final Sql DATASETS = sql("select id from dataset");

    private final Transactions transactions;

    RetentionQueries(Transactions transactions) {
        this.transactions = transactions;
    }

    public List<UUID> oldRuns(Duration age) {
        return old(OLD_RUNS, age);
    }

    public List<UUID> oldDatasets(Duration age) {
        return old(OLD_DATASETS, age);
    }

    public List<UUID> runs() {
        return all(RUNS);
    }

    public List<UUID> datasets() {
        return all(DATASETS);
    }

    private List<UUID> old(Sql query, Duration age) {
        return transactions.run(
                transaction -> transaction.query(query).set("age", age).list(row -> row.id("id")));
    }

    private List<UUID> all(Sql query) {
        return transactions.run(transaction -> transaction.query(query).list(row -> row.id("id")));
    }
}
