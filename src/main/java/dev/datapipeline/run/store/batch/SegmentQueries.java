package dev.datapipeline.run.store.batch;

import static dev.datapipeline.run.store.Statements.sql;

import dev.datapipeline.database.Sql;
import dev.datapipeline.database.Transactions;
import dev.datapipeline.run.RunStatus;
import jakarta.inject.Singleton;
import java.util.Set;
import java.util.UUID;
import java.util.function.Consumer;

/** Finds the segments that a final run uses, and keeps the run locked while others are removed. */
@Singleton
public class SegmentQueries {
    private static final Sql LOCK = sql("select status from run where id = :run for update");
    private static final Sql USED_SEGMENTS =
            sql("select distinct segment from batch where run_id = :run and segment is not null");

    private final Transactions transactions;

    public SegmentQueries(Transactions transactions) {
        this.transactions = transactions;
    }

    /**
     * Hands the names of the used segments to {@code cleanup} if the run is final. The run stays locked until it returns, so that no retry
     * starts meanwhile. {@code cleanup} is called again when the transaction is repeated after a deadlock.
     */
    public void cleanUpIfFinal(UUID run, Consumer<Set<String>> cleanup) {
        transactions.run(transaction -> {
            boolean isFinal = transaction
                    .query(LOCK)
                    .set("run", run)
                    .first(row -> row.constant(RunStatus.class, "status").isFinal())
                    .orElse(false);
            if (isFinal) {
                cleanup.accept(Set.copyOf(
                        transaction.query(USED_SEGMENTS).set("run", run).list(row -> row.text("segment"))));
            }
            return run;
        });
    }
}
