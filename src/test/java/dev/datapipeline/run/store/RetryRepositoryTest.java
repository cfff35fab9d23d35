package dev.datapipeline.run.store;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.datapipeline.database.Transactions;
import dev.datapipeline.result.FailureCause;
import dev.datapipeline.result.ResultLocation;
import dev.datapipeline.run.BatchId;
import dev.datapipeline.run.RunRef;
import dev.datapipeline.run.RunStatus;
import dev.datapipeline.run.api.RunSnapshotCache;
import dev.datapipeline.run.store.batch.BatchClaim;
import dev.datapipeline.run.store.batch.BatchOutcome.Broken;
import dev.datapipeline.run.store.batch.BatchOutcome.Finished;
import dev.datapipeline.run.store.batch.BatchRepository;
import dev.datapipeline.run.store.batch.FinishResult.Finish;
import dev.datapipeline.sandbox.engine.BatchSummary;
import dev.datapipeline.testing.NoRunCosts;
import dev.datapipeline.testing.Rows;
import dev.datapipeline.testing.TestDatabase;
import dev.datapipeline.time.Ticker;
import dev.datapipeline.worker.dispatch.DueBatches;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A run of four batches, opened again after one succeeded, one had failures, one broke and one was cancelled. */
class RetryRepositoryTest {
    private static final String OWNER = UUID.randomUUID() + "/worker";
    private static final Broken BROKEN = new Broken("ENGINE_DIED", "gone");
    private static final ResultLocation FIRST = new ResultLocation("first", 5, 6, 7);
    private static final ResultLocation SECOND = new ResultLocation("second", 0, 6, 7);

    private final Transactions transactions = new Transactions(TestDatabase.shared());
    private final RunTransitions transitions = new RunTransitions();
    private final BatchRepository batches = new BatchRepository(
            transactions,
            transitions,
            new RunSnapshotCache(new RunRepository(), NoRunCosts.answers(), new ObjectMapper(), Ticker.system()),
            new RecordMetrics(new SimpleMeterRegistry()));
    private final AttemptRepository attempts = new AttemptRepository(transactions);
    private final Rows rows = new Rows(TestDatabase.shared());
    private UUID run;

    @BeforeEach
    void retry() throws SQLException {
        run = rows.run(4);
        batches.finish(claim(0), OWNER, finished(FIRST, 10, 0, 0));
        batches.finish(claim(1), OWNER, finished(FIRST, 6, 3, 1));
        batches.finish(claim(2), OWNER, BROKEN);
        claim(3);
        stop();
        assertEquals("CANCELLED 16 13 1 10 | 2 1 1", transitions());
        transactions.run(connection -> {
            RetryRepository.open(connection, run, null, null, null);
            return run;
        });
    }

    @Test
    void unsuccessfulBatchesAreQueued() throws SQLException {
        assertEquals("QUEUED 16 0 1 0 | 1 0 0", transitions());
        assertEquals(
                List.of("1", "17", "null"),
                rows.row("select retries, done_before, started_at from run where id = ?", run));
        assertEquals("SUCCEEDED 10 0 0 0", batch(0));
        assertEquals("QUEUED 6 3 1 0", batch(1));
        assertEquals("QUEUED 0 0 0 0", batch(2));
        assertEquals("QUEUED 0 0 0 0", batch(3));
        assertEquals(List.of(1, 2, 3), DueBatches.of(run, transactions));
    }

    @Test
    void claimHasTheLocationOfPreviousResults() {
        assertEquals(FIRST, claim(1).previous());
        assertEquals(null, claim(2).previous());
    }

    @Test
    void newResultsAreAddedToKeptResults() throws SQLException {
        assertEquals(Finish.RECORDED, batches.finish(claim(1), OWNER, finished(SECOND, 2, 0, 1)));
        assertEquals("SUCCEEDED 8 0 2 0", batch(1));
        assertEquals("RUNNING 18 0 2 0 | 2 0 0", transitions());
        assertEquals(List.of("second"), rows.row("select segment from batch where run_id = ? and number = 1", run));
        assertEquals(List.of("1"), rows.row("select count(*) from batch_failure where run_id = ?", run));

        batches.finish(claim(2), OWNER, finished(SECOND, 10, 0, 0));
        Finish last = batches.finish(claim(3), OWNER, finished(SECOND, 10, 0, 0));

        assertEquals(Finish.RUN_ENDED, last);
        assertEquals("SUCCEEDED 38 0 2 0 | 4 0 0", transitions());
        assertEquals(List.of("0"), rows.row("select count(*) from batch_failure where run_id = ?", run));
    }

    @Test
    void failedRetryFailsOnlyRetriedRecords() throws SQLException {
        batches.finish(claim(1), OWNER, BROKEN);

        assertEquals("FAILED 6 3 1 0", batch(1));
        assertEquals("RUNNING 16 3 1 0 | 1 1 0", transitions());
        assertEquals(
                List.of("ENGINE_DIED", "3", "{12}"),
                rows.row("select type, records, examples from batch_failure where run_id = ? and batch = 1", run));
    }

    @Test
    void stopRestoresThePreviousResults() throws SQLException {
        BatchClaim under = claim(1);
        stop();

        assertEquals("CANCELLED 16 3 1 20 | 2 0 2", transitions());
        assertEquals("SUCCEEDED 6 3 1 0", batch(1));
        assertEquals("CANCELLED 0 0 0 10", batch(2));
        assertEquals(Finish.LOST, batches.finish(under, OWNER, finished(SECOND, 3, 0, 0)));
        assertEquals(List.of("1 SUCCEEDED 6 3 1", "2 CANCELLED 0 0 0"), attempts(1));
        assertEquals(List.of("20"), rows.row("select done_before from run where id = ?", run));
    }

    @Test
    void attemptsAreKept() {
        BatchClaim second = claim(2);
        batches.engineDied(second, OWNER, Duration.ZERO, "gone");
        BatchClaim third = claim(2);
        batches.infrastructureFailed(third, OWNER, Duration.ZERO, "DOCKER");
        batches.release(claim(2), OWNER, null);
        claim(2);

        assertEquals(List.of("1 SUCCEEDED 10 0 0"), attempts(0));
        assertEquals(
                List.of(
                        "1 FAILED 0 10 0 ENGINE_DIED: gone",
                        "2 ENGINE_DIED 0 0 0 gone",
                        "3 INFRASTRUCTURE_FAILED 0 0 0 DOCKER",
                        "4 RELEASED 0 0 0",
                        "5 RUNNING 0 0 0"),
                attempts(2));
        assertEquals(List.of("1 CANCELLED 0 0 0"), attempts(3));
    }

    @Test
    void attemptWithAnExpiredLeaseIsKept() throws SQLException {
        claim(1);
        rows.execute("update batch set lease_until = now() - interval '1 second' where run_id = ? and number = 1", run);
        claim(1);
        rows.execute("update batch set lease_until = now() - interval '1 second' where run_id = ? and number = 1", run);
        batches.recoverExpired("nobody", "nobody/1");

        assertEquals(List.of("1 SUCCEEDED 6 3 1", "2 LEASE_EXPIRED 0 0 0", "3 LEASE_EXPIRED 0 0 0"), attempts(1));
    }

    private BatchClaim claim(int number) {
        return batches.claim(new BatchId(run, number), OWNER, Duration.ofMinutes(1))
                .orElseThrow();
    }

    private void stop() {
        transactions.run(connection -> transitions.stop(connection, run, RunStatus.CANCELLED, null));
    }

    private Finished finished(ResultLocation location, int succeeded, int failed, int skipped) {
        List<FailureCause> causes = failed == 0
                ? List.of()
                : List.of(new FailureCause("clean", "main", "KeyError", "'x'", "main.py", 3, failed, List.of(12L)));
        return new Finished(
                new BatchSummary(succeeded + failed + skipped, succeeded, failed, skipped), location, causes);
    }

    private String transitions() throws SQLException {
        List<String> row = rows.row("""
                select status, succeeded, failed, skipped, cancelled, batches_succeeded, batches_failed, batches_cancelled
                  from run where id = ?""", run);
        return String.join(" ", row.subList(0, 5)) + " | " + String.join(" ", row.subList(5, 8));
    }

    private String batch(int number) throws SQLException {
        return String.join(
                " ",
                rows.row(
                        "select status, succeeded, failed, skipped, cancelled from batch where run_id = ? and number = ?",
                        run,
                        number));
    }

    private List<String> attempts(int number) {
        return attempts.of(new RunRef(run), number).items().stream()
                .map(attempt -> "%d %s %d %d %d %s"
                        .formatted(
                                attempt.attempt(),
                                attempt.outcome(),
                                attempt.succeeded(),
                                attempt.failed(),
                                attempt.skipped(),
                                attempt.reason() == null ? "" : attempt.reason())
                        .strip())
                .toList();
    }
}
