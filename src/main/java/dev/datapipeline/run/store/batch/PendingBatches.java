package dev.datapipeline.run.store.batch;

import static dev.datapipeline.run.store.Statements.sql;

import dev.datapipeline.database.Sql;
import dev.datapipeline.database.Transactions;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.UUID;

/** Reads which batches are pending, for the dispatcher. */
@Singleton
public class PendingBatches {
    private static final Sql OPEN_RUNS = sql("""
            select id, max_parallel_batches, status = {PAUSED} or waits_for is not null as is_held
              from run where status in {OPEN} order by created_at, id""");

    private static final Sql DUE = sql("""
            select number from batch
             where run_id = :run and number >= :first and status = {QUEUED} and (not_before is null or not_before <= now())
               and exists (select from run where id = :run and status in {ACTIVE} and waits_for is null)
             order by number limit :limit""");

    private final Transactions transactions;

    public PendingBatches(Transactions transactions) {
        this.transactions = transactions;
    }

    /**
     * An open run and how many of its batches may run at once.
     *
     * @param isHeld whether none of them may, since it is paused or waits for something
     */
    public record OpenRun(UUID id, int maxParallelBatches, boolean isHeld) {}

    /** Open runs, the oldest first. */
    public List<OpenRun> openRuns() {
        return transactions.run(transaction -> transaction
                .query(OPEN_RUNS)
                .list(row -> new OpenRun(row.id("id"), row.integer("max_parallel_batches"), row.isTrue("is_held"))));
    }

    /** Numbers of queued batches of an active run whose back-off is over, ascending, from {@code first} on. */
    public List<Integer> due(UUID run, int first, int limit) {
        return transactions.run(transaction -> transaction
                .query(DUE)
                .set("run", run)
                .set("first", first)
                .set("limit", limit)
                .list(row -> row.integer("number")));
    }
}
