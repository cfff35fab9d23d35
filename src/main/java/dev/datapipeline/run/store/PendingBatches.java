package dev.datapipeline.run.store;

import dev.datapipeline.database.Transactions;
import jakarta.inject.Singleton;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/** Reads which batches wait, for the dispatcher. */
@Singleton
public class PendingBatches {
    private final Transactions transactions;

    public PendingBatches(Transactions transactions) {
        this.transactions = transactions;
    }

    /** An open run and how many of its batches may run at once. */
    public record OpenRun(UUID id, int maxParallelBatches) {}

    /** Open runs, the oldest first. */
    public List<OpenRun> openRuns() {
        return transactions.run(connection -> {
            List<OpenRun> runs = new ArrayList<>();
            try (PreparedStatement select = connection.prepareStatement("""
                            select id, max_parallel_batches from run
                             where status in ('QUEUED', 'RUNNING') order by created_at, id""");
                    ResultSet row = select.executeQuery()) {
                while (row.next()) {
                    runs.add(new OpenRun(row.getObject(1, UUID.class), row.getInt(2)));
                }
            }
            return runs;
        });
    }

    /** Numbers of waiting batches of the run that are due, ascending, from {@code first} on. */
    public List<Integer> due(UUID run, int first, int limit) {
        return transactions.run(connection -> {
            List<Integer> numbers = new ArrayList<>();
            try (PreparedStatement select = connection.prepareStatement("""
                    select number from batch
                     where run_id = ? and number >= ? and status = 'QUEUED' and (not_before is null or not_before <= now())
                     order by number limit ?""")) {
                select.setObject(1, run);
                select.setInt(2, first);
                select.setInt(3, limit);
                try (ResultSet row = select.executeQuery()) {
                    while (row.next()) {
                        numbers.add(row.getInt(1));
                    }
                }
            }
            return numbers;
        });
    }
}
