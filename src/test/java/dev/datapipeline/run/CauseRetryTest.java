package dev.datapipeline.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.datapipeline.database.Transactions;
import dev.datapipeline.result.FailureCause;
import dev.datapipeline.result.FailureCauseId;
import dev.datapipeline.result.ResultLocation;
import dev.datapipeline.result.RetriedCauses;
import dev.datapipeline.run.api.RunSnapshotCache;
import dev.datapipeline.run.store.RecordMetrics;
import dev.datapipeline.run.store.RetryRepository;
import dev.datapipeline.run.store.RunRepository;
import dev.datapipeline.run.store.RunTransitions;
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
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A run of four batches, of which two have failures for a value, one of them for a key too, and one broke; the key is retried. */
class CauseRetryTest {
    private static final String OWNER = UUID.randomUUID() + "/worker";
    private static final Broken BROKEN = new Broken("ENGINE_DIED", "gone");
    private static final FailureCauseId KEY = StoredRun.KEY;
    private static final FailureCauseId VALUE = StoredRun.VALUE;

    private final Transactions transactions = new Transactions(TestDatabase.shared());
    private final RunTransitions transitions = new RunTransitions();
    private final BatchRepository batches = new BatchRepository(
            transactions,
            transitions,
            new RunSnapshotCache(new RunRepository(), NoRunCosts.answers(), new ObjectMapper(), Ticker.system()),
            new RecordMetrics(new SimpleMeterRegistry()));
    private final Rows rows = new Rows(TestDatabase.shared());
    private UUID run;

    @BeforeEach
    void retryTheKey() throws SQLException {
        run = rows.run(4);
        finish(0, 10, cause(KEY, 0));
        finish(1, 5, cause(KEY, 3), cause(VALUE, 2));
        finish(2, 8, cause(VALUE, 2));
        batches.finish(claim(3), OWNER, BROKEN);
        assertEquals("PARTIAL 23 17 | 3 1", transitions());
        assertEquals(1, open(KEY.id()));
    }

    @Test
    void onlyRecordsWithTheCauseAreRetried() throws SQLException {
        assertEquals("QUEUED 23 14 | 2 1", transitions());
        assertEquals("QUEUED 5 5 3", batch(1));
        assertEquals("SUCCEEDED 8 2 0", batch(2));
        assertEquals(new RetriedCauses(Set.of(KEY.id())), claim(1).retried());
        assertEquals(List.of("37"), rows.row("select done_before from run where id = ?", run));
    }

    @Test
    void newResultsAreAddedToRemainingFailures() throws SQLException {
        Finish end = finish(1, 2, cause(VALUE, 2), cause(KEY, 1));

        assertEquals(Finish.RUN_ENDED, end);
        assertEquals("SUCCEEDED 7 3 0", batch(1));
        assertEquals("PARTIAL 25 15 | 3 1", transitions());
    }

    @Test
    void failedRetryReplacesItsOwnCauseOnly() throws SQLException {
        batches.finish(claim(1), OWNER, BROKEN);

        assertEquals("PARTIAL 23 17 | 2 2", transitions());
        assertEquals(List.of("ENGINE_DIED 3, ValueError 2"), causes(1));
    }

    @Test
    void failureOfARetryIsACauseOfItsOwn() throws SQLException {
        batches.finish(claim(1), OWNER, BROKEN);
        String broke = BROKEN.cause().id();

        assertEquals(2, open(broke));

        assertEquals("QUEUED 23 4 | 2 0", transitions());
        assertEquals("QUEUED 5 5 3", batch(1));
        assertEquals("QUEUED 0 0 0", batch(3));
        assertTrue(claim(1).retried().include(KEY.id()));
        assertFalse(new RetriedCauses(Set.of(broke)).include(VALUE.id()));
        assertEquals(RetriedCauses.ALL, claim(3).retried());
    }

    @Test
    void failureOfARetryIsRetriedWithOtherCausesOfItsBatch() throws SQLException {
        batches.finish(claim(1), OWNER, BROKEN);

        assertEquals(2, open(VALUE.id()));

        assertEquals("QUEUED 5 5 5", batch(1));
        assertEquals("QUEUED 23 10 | 1 1", transitions());
        assertEquals(
                Set.of(KEY.id(), VALUE.id(), BROKEN.cause().id()),
                claim(1).retried().ids());
    }

    @Test
    void stopRestoresAllPreviousFailures() throws SQLException {
        claim(1);
        transactions.run(connection -> transitions.stop(connection, run, RunStatus.CANCELLED, null));

        assertEquals("CANCELLED 23 17 | 3 1", transitions());
        assertEquals("SUCCEEDED 5 5 0", batch(1));
        assertEquals(List.of("KeyError 3, ValueError 2"), causes(1));
    }

    @Test
    void allFailuresCanBeRetriedAfterwards() throws SQLException {
        finish(1, 2, cause(VALUE, 2), cause(KEY, 1));

        assertEquals(3, open(null));

        assertEquals("QUEUED 25 0 | 1 0", transitions());
        assertEquals("QUEUED 7 3 3", batch(1));
        assertEquals(RetriedCauses.ALL, claim(1).retried());
    }

    @Test
    void unknownCauseQueuesNothing() {
        finish(1, 2, cause(VALUE, 2), cause(KEY, 1));

        assertEquals(0, open("0123456789abcdef"));
    }

    @Test
    void remainingFailuresCountAgainstTheTolerance() throws SQLException {
        rows.execute("update run set tolerated_failures = 14 where id = ?", run);
        assertFalse(keepsTooMany());

        rows.execute("update run set tolerated_failures = 13 where id = ?", run);
        assertTrue(keepsTooMany());
    }

    private int open(@Nullable String cause) {
        return transactions.run(connection -> RetryRepository.open(connection, run, cause, null, null));
    }

    private boolean keepsTooMany() {
        return transactions.run(connection -> RetryRepository.keepsTooManyFailures(connection, run));
    }

    private BatchClaim claim(int number) {
        return batches.claim(new BatchId(run, number), OWNER, Duration.ofMinutes(1))
                .orElseThrow();
    }

    /** Ends an attempt at a batch that had ten records, or those of the key. */
    private Finish finish(int number, int succeeded, FailureCause... causes) {
        BatchClaim claim = claim(number);
        int ran = claim.previous() == null ? 10 : 3;
        BatchSummary summary = new BatchSummary(ran, succeeded, ran - succeeded, 0);
        List<FailureCause> failed =
                List.of(causes).stream().filter(cause -> cause.records() > 0).toList();
        return batches.finish(claim, OWNER, new Finished(summary, new ResultLocation("s", 0, 1, 1), failed));
    }

    private static FailureCause cause(FailureCauseId key, int records) {
        return new FailureCause(key, records, List.of(10L));
    }

    private String transitions() throws SQLException {
        return String.join(" ", rows.row("""
                select status, succeeded, failed, '|', batches_succeeded, batches_failed from run where id = ?""", run));
    }

    private String batch(int number) throws SQLException {
        return String.join(
                " ",
                rows.row(
                        "select status, succeeded, failed, retry_records from batch where run_id = ? and number = ?",
                        run,
                        number));
    }

    private List<String> causes(int number) throws SQLException {
        return rows.row("""
                select string_agg(type || ' ' || records, ', ' order by type)
                  from batch_failure where run_id = ? and batch = ?""", run, number);
    }
}
