package dev.datapipeline.worker;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.datapipeline.run.BatchId;
import dev.datapipeline.run.TestBatches;
import dev.datapipeline.run.store.batch.BatchClaim;
import dev.datapipeline.run.store.batch.BatchOutcome.Broken;
import dev.datapipeline.run.store.batch.BatchRepository;
import dev.datapipeline.run.store.batch.FinishResult.Finish;
import dev.datapipeline.sandbox.SandboxLease;
import dev.datapipeline.testing.FakeSandbox;
import dev.datapipeline.testing.Rows;
import dev.datapipeline.testing.TestDatabase;
import dev.datapipeline.time.Ticker;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class BatchAttemptTest {
    private static final String OWNER = "installation/instance";
    private static final Broken BROKEN = new Broken("ENGINE_DIED", "gone");

    private final BatchRepository batches = TestBatches.open();
    private final Rows rows = new Rows(TestDatabase.shared());
    private final List<BatchAttempt> closed = new ArrayList<>();
    private UUID run;

    @BeforeEach
    void submit() throws SQLException {
        run = rows.run(2);
    }

    @Test
    void closingAnAttemptReleasesItsBatch() throws SQLException {
        try (BatchAttempt attempt = attempt()) {
            assertEquals("RUNNING", state("status"));
            assertEquals(1, attempt.claim().attempt());
        }

        assertEquals("QUEUED", state("status"));
        assertEquals("0", state("infrastructure_failures"));
        assertEquals(1, closed.size());
    }

    @Test
    void abortEndsTheSandboxOnceAndAlsoALaterOne() {
        FakeSandbox early = new FakeSandbox("early");
        FakeSandbox late = new FakeSandbox("late");
        try (BatchAttempt attempt = attempt()) {
            attempt.useSandbox(leased(early));

            assertTrue(attempt.abort());
            assertFalse(attempt.abort());
            attempt.useSandbox(leased(late));
        }

        assertTrue(early.isAborted());
        assertTrue(late.isAborted());
    }

    @Test
    void finishedAttemptStaysFinished() throws SQLException {
        try (BatchAttempt attempt = attempt()) {
            assertEquals(Finish.RECORDED, attempt.finish(BROKEN));
        }

        assertEquals("FAILED", state("status"));
    }

    @Test
    void attemptEndsOnce() throws SQLException {
        try (BatchAttempt attempt = attempt()) {
            attempt.infrastructureFailed(Duration.ZERO, "storage failed");

            assertThrows(IllegalStateException.class, () -> attempt.finish(BROKEN));
            assertThrows(
                    IllegalStateException.class, () -> attempt.infrastructureFailed(Duration.ZERO, "storage failed"));
            assertThrows(IllegalStateException.class, () -> attempt.engineDied(Duration.ZERO, "gone"));
        }

        assertEquals("QUEUED", state("status"));
        assertEquals("1", state("infrastructure_failures"));
    }

    @Test
    void engineDeathsAreNoInfrastructureFailures() throws SQLException {
        try (BatchAttempt attempt = attempt()) {
            attempt.infrastructureFailed(Duration.ZERO, "storage failed");
        }
        try (BatchAttempt attempt = attempt()) {
            assertEquals(0, attempt.claim().engineDeaths(), "a disturbance is no death");
            attempt.engineDied(Duration.ZERO, "gone");
        }
        try (BatchAttempt attempt = attempt()) {
            assertEquals(1, attempt.claim().engineDeaths());
            assertEquals("1", state("infrastructure_failures"));
        }
    }

    @Test
    void lostAttemptChangesNothing() throws SQLException {
        try (BatchAttempt late = attempt()) {
            rows.execute("update batch set lease_until = now() - interval '1 second' where run_id = ?", run);
            try (BatchAttempt next = attempt()) {
                assertEquals(2, next.claim().attempt());
                assertEquals(0, late.infrastructureFailed(Duration.ZERO, "storage failed"));
                assertEquals("RUNNING", state("status"));
                assertEquals(Finish.RECORDED, next.finish(BROKEN));
            }
        }
        assertEquals("FAILED", state("status"));
    }

    @Test
    void runIsOpenUntilItEnds() throws SQLException {
        assertEquals(true, batches.isActive(run, 0));

        rows.execute("delete from run where id = ?", run);

        assertEquals(false, batches.isActive(run, 0));
    }

    private static SandboxLease leased(FakeSandbox sandbox) {
        return new SandboxLease(sandbox, (taken, isReusable) -> taken.abort());
    }

    private BatchAttempt attempt() {
        BatchClaim claim =
                batches.claim(new BatchId(run, 0), OWNER, Duration.ofMinutes(1)).orElseThrow();
        return new BatchAttempt(batches, claim, OWNER, Ticker.system().deadlineIn(Duration.ofMinutes(1)), closed::add);
    }

    private String state(String column) throws SQLException {
        List<String> row = rows.row("select " + column + " from batch where run_id = ? and number = 0", run);
        return row.get(0);
    }
}
