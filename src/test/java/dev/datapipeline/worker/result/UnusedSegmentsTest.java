package dev.datapipeline.worker.result;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.datapipeline.database.Transactions;
import dev.datapipeline.result.FileResultStore;
import dev.datapipeline.result.ResultStore;
import dev.datapipeline.result.ResultWriter;
import dev.datapipeline.run.event.RunEnded;
import dev.datapipeline.run.store.batch.SegmentQueries;
import dev.datapipeline.storage.FileBlobs;
import dev.datapipeline.testing.Rows;
import dev.datapipeline.testing.TestDatabase;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class UnusedSegmentsTest {
    private final Rows rows = new Rows(TestDatabase.shared());

    @TempDir
    Path folder;

    private ResultStore store;
    private UnusedSegments segments;
    private UUID run;

    @BeforeEach
    void storeRun() throws IOException, SQLException {
        store = new FileResultStore(new FileBlobs(folder));
        segments = new UnusedSegments(new SegmentQueries(new Transactions(TestDatabase.shared())), store);
        run = rows.run(2);
        rows.execute(
                "update batch set segment = 'retried', segment_offset = 0, results_length = 0, log_length = 0 where run_id = ?",
                run);
        for (String segment : new String[] {"first", "retried", "late"}) {
            try (ResultWriter writer = store.begin(run, segment)) {
                writer.commit(new byte[0]);
            }
        }
    }

    @Test
    void unusedSegmentsOfAFinalRunAreDeleted() throws IOException, SQLException {
        rows.execute("update run set status = 'CANCELLED', cancelled = records, finished_at = now() where id = ?", run);

        segments.remove(new RunEnded(run));

        assertEquals(Set.of("retried"), left());
    }

    @Test
    void openRunKeepsAllSegments() throws IOException {
        segments.remove(new RunEnded(run));

        assertEquals(Set.of("first", "late", "retried"), left());
    }

    @Test
    void deletedRunIsIgnored() throws IOException, SQLException {
        rows.execute("delete from run where id = ?", run);

        segments.remove(new RunEnded(run));

        assertEquals(Set.of("first", "late", "retried"), left());
    }

    private Set<String> left() throws IOException {
        return new TreeSet<>(store.segments(run));
    }
}
