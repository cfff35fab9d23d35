package dev.datapipeline.worker.dispatch;

import dev.datapipeline.database.Transactions;
import dev.datapipeline.run.store.batch.PendingBatches;
import java.util.List;
import java.util.UUID;

/** What the dispatcher would find in the table. */
public final class DueBatches {
    private DueBatches() {}

    public static List<Integer> of(UUID run, Transactions transactions) {
        return new PendingBatches(transactions).due(run, 0, 10);
    }
}
