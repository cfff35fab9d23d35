package dev.datapipeline.results.scan;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.datapipeline.dataset.RecordLines;
import dev.datapipeline.http.download.Client;
import dev.datapipeline.result.FailureCauseId;
import dev.datapipeline.result.ResultReader;
import dev.datapipeline.run.RecordFilter;
import dev.datapipeline.run.StoredRun;
import dev.datapipeline.run.store.failure.RecordQuery;
import dev.datapipeline.testing.Rows;
import dev.datapipeline.testing.TestDatabase;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** Records of a run that is retried. */
class RetriedRunRecordsTest extends RunRecordsFixture {
    @Test
    void findsResultsThatARetryHasMoved() throws IOException {
        SeenRecords moving = new SeenRecords() {
            @Override
            public void finished(long index, RecordLines raw, ResultReader result) throws IOException {
                super.finished(index, raw, result);
                if (index == 10) {
                    moveSegment("b", "c");
                }
            }
        };

        records.visitAll(run.spec(), moving, Client.NONE);

        assertEquals(STATUSES, moving.statuses.toString());
    }

    private void moveSegment(String from, String to) throws IOException {
        UUID id = run.spec().run().id();
        Path runs = folder.resolve("blobs/runs/" + id);
        Files.move(runs.resolve(from), runs.resolve(to));
        try {
            new Rows(TestDatabase.shared())
                    .execute("update batch set segment = ? where segment = ? and run_id = ?", to, from, id);
        } catch (SQLException failed) {
            throw new IOException(failed);
        }
    }

    @Test
    void whatRunsAgainIsPendingBesideTheResultsThatStay() throws IOException {
        run.retry();

        assertEquals(
                "SSSSSSSSSS" + "pSSSSKSSSp" + "KKKKKKKKKK" + "pppppppppp" + "SSpSSSSSSS" + "pppppppppp".repeat(2),
                visit(RecordFilter.ALL, 0, 1_000).statuses.toString());
        assertEquals(List.of(10L, 19L, 30L), visit(RecordFilter.PENDING, 0, 3).indexes);
        assertEquals(List.of(39L, 42L, 50L), visit(RecordFilter.PENDING, 11, 3).indexes);
        assertEquals(List.of(), visit(RecordFilter.FAILED, 0, 1_000).indexes);
        assertEquals(0, visit(RecordFilter.CANCELLED, 0, 1_000).indexes.size());
    }

    @Test
    void whatFailedForAnotherCauseStaysAsItIs() throws IOException, SQLException {
        run = new StoredRun(blobs, 2);
        run.finish(0, "FSVSSKSSSF", "a");
        run.finish(1, "SSSSSSSVSS", "b");

        run.retry(StoredRun.KEY);

        assertEquals(
                "pSFSSKSSSp" + "SSSSSSSFSS",
                visit(RecordFilter.ALL, 0, 1_000).statuses.toString());
        assertEquals(List.of(0L, 9L), visit(RecordFilter.PENDING, 0, 1_000).indexes);
        assertEquals(List.of(2L, 17L), visit(RecordFilter.FAILED, 0, 1_000).indexes);
        assertEquals(List.of(2L, 17L), search(ofCause(StoredRun.VALUE), 10, 1_000_000));
        assertEquals(List.of(), search(ofCause(StoredRun.KEY), 10, 1_000_000));

        run.fail(0);

        assertEquals(
                "fSFSSKSSSf" + "SSSSSSSFSS",
                visit(RecordFilter.ALL, 0, 1_000).statuses.toString());
        assertEquals(List.of(2L, 17L), search(ofCause(StoredRun.VALUE), 10, 1_000_000));
        assertEquals(
                List.of(0L, 9L),
                search(new RecordQuery(RecordFilter.ALL, null, null, "ENGINE_DIED", null, null, null), 10, 1_000_000));
    }

    private static RecordQuery ofCause(FailureCauseId cause) {
        return new RecordQuery(RecordFilter.ALL, null, null, null, cause.id(), null, null);
    }

    @Test
    void retryThatBreaksFailsWhatRanAgainForItsOwnReason() throws IOException {
        run.retry();
        run.fail(1);

        assertEquals("fSSSSKSSSf", visit(RecordFilter.ALL, 10, 10).statuses.toString());
        assertEquals(List.of(10L, 19L), visit(RecordFilter.FAILED, 0, 1_000).indexes);
    }
}
