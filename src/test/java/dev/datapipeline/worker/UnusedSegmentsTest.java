package dev.datapipeline.worker;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.datapipeline.database.Transactions;
import dev.datapipeline.result.ResultBlobs;
import dev.datapipeline.run.RunEnded;
import dev.datapipeline.run.store.batch.SegmentQueries;
import dev.datapipeline.storage.BlobAppender;
import dev.datapipeline.storage.BlobName;
import dev.datapipeline.storage.FileBlobs;
import dev.datapipeline.testing.Rows;
import dev.datapipeline.testing.TestDatabase;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
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

    private FileBlobs blobs;
    private UnusedSegments segments;
    private UUID run;

    @BeforeEach
    void storeRun() throws IOException, SQLException {
        blobs = new FileBlobs(folder);
        segments = new UnusedSegments(new SegmentQueries(new Transactions(TestDatabase.shared())), blobs);
        run = rows.run(2);
        rows.execute(
                "update batch set segment = 'retried', segment_offset = 0, results_length = 0, log_length = 0 where run_id = ?",
                run);
        for (String segment : new String[] {"first", "retried", "late"}) {
            try (BlobAppender appender = blobs.append(ResultBlobs.name(run, segment))) {
                appender.force();
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
        Set<String> left = new TreeSet<>();
        String prefix = ResultBlobs.folder(run).value() + "/";
        for (BlobName name :
                blobs.unchangedSince(ResultBlobs.folder(run), Instant.now().plus(Duration.ofHours(1)))) {
            left.add(name.value().substring(prefix.length()));
        }
        return left;
    }
}
