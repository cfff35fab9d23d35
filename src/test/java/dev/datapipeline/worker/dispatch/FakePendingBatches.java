package dev.datapipeline.worker.dispatch;

import dev.datapipeline.database.DatabaseException;
import dev.datapipeline.database.Transactions;
import dev.datapipeline.run.store.batch.PendingBatches;
import dev.datapipeline.testing.TestDatabase;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;

/** Pending batches of a table that the test fills, and that can hang or be away. */
final class FakePendingBatches extends PendingBatches {
    final Map<UUID, List<Integer>> waiting = new ConcurrentHashMap<>();

    Consumer<UUID> onDue = run -> {};
    /** Happens after the table was read, before anybody sees what was read. */
    Runnable onRead = () -> {};

    boolean isAway;

    FakePendingBatches() {
        super(new Transactions(TestDatabase.shared()));
    }

    @Override
    public List<OpenRun> openRuns() {
        fail();
        List<OpenRun> open =
                waiting.keySet().stream().map(id -> new OpenRun(id, 2, false)).toList();
        onRead.run();
        return open;
    }

    @Override
    public List<Integer> due(UUID run, int first, int limit) {
        fail();
        onDue.accept(run);
        return waiting.getOrDefault(run, List.of()).stream()
                .filter(number -> number >= first)
                .limit(limit)
                .toList();
    }

    private void fail() {
        if (isAway) {
            throw new DatabaseException(new SQLException("away"));
        }
    }
}
