package dev.datapipeline.run.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.datapipeline.database.Transactions;
import dev.datapipeline.result.ResultLocation;
import dev.datapipeline.run.BatchId;
import dev.datapipeline.run.PauseReason;
import dev.datapipeline.run.RunStatus;
import dev.datapipeline.run.TestBatches;
import dev.datapipeline.run.store.PauseTransitions.Pause;
import dev.datapipeline.run.store.batch.BatchClaim;
import dev.datapipeline.run.store.batch.BatchOutcome.Broken;
import dev.datapipeline.run.store.batch.BatchOutcome.Finished;
import dev.datapipeline.run.store.batch.BatchRepository;
import dev.datapipeline.run.store.batch.FinishResult.Finish;
import dev.datapipeline.run.store.batch.PendingBatches;
import dev.datapipeline.run.store.batch.PendingBatches.OpenRun;
import dev.datapipeline.sandbox.engine.BatchSummary;
import dev.datapipeline.testing.Rows;
import dev.datapipeline.testing.TestDatabase;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class PauseTransitionsTest {
    private static final Duration LEASE = Duration.ofSeconds(30);
    private static final String INSTALLATION = UUID.randomUUID().toString();
    private static final String ALICE = INSTALLATION + "/alice";

    private final Transactions transactions = new Transactions(TestDatabase.shared());
    private final RunTransitions transitions = new RunTransitions();
    private final BatchRepository batches = TestBatches.open();
    private final PendingBatches pending = new PendingBatches(transactions);
    private final Rows rows = new Rows(TestDatabase.shared());
    private UUID run;

    @BeforeEach
    void makeRun() throws SQLException {
        run = rows.run(3);
    }

    @Test
    void attemptsUnderWayAreReleasedWithoutAFailure() throws SQLException {
        claim(0);
        claim(1);

        assertTrue(pause());

        assertEquals(
                List.of("PAUSED", "needs more", "BUDGET", "7"),
                run("status, status_reason, pause_reason, pause_needed"));
        assertEquals(
                List.of("3"),
                batch("count(*) filter (where status = 'QUEUED' and owner is null and not_before is null)"));
        assertEquals(List.of("0", "0"), batch("sum(infrastructure_failures), sum(engine_deaths)"));
        assertEquals(
                List.of("2", "RELEASED"),
                rows.row("select count(*), min(outcome) from batch_attempt where run_id = ?", run));
    }

    @Test
    void resultsOfAnAttemptThatWasPausedAreNotRecorded() throws SQLException {
        BatchClaim claim = claim(0);
        pause();

        assertEquals(Finish.LOST, batches.finish(claim, ALICE, finished()));
        assertEquals(Finish.LOST, batches.finish(claim, ALICE, new Broken("ENGINE_DIED", "killed")));
        batches.release(claim, ALICE, null);
        assertEquals(0, batches.infrastructureFailed(claim, ALICE, Duration.ZERO, "away"));

        resume();
        assertEquals(Finish.LOST, batches.finish(claim, ALICE, finished()));
        BatchClaim again = claim(0);
        assertEquals(Finish.LOST, batches.finish(claim, ALICE, finished()));
        assertEquals(Finish.RECORDED, batches.finish(again, ALICE, finished()));
        assertEquals(List.of("10", "0"), run("succeeded, failed"));
    }

    @Test
    void batchThatWasClaimedDuringThePauseHasNoResult() throws SQLException {
        BatchClaim claim = claim(0);
        pause();
        rows.execute("""
                update batch set status = 'RUNNING', owner = ?, lease_until = now() + interval '1 minute'
                 where run_id = ? and number = 0""", ALICE, run);
        rows.execute("delete from batch_attempt where run_id = ?", run);

        assertEquals(Finish.LOST, batches.finish(claim, ALICE, finished()));
        assertFalse(batches.isActive(run, 0));

        resume();
        assertEquals(Finish.LOST, batches.finish(claim, ALICE, finished()));
        assertEquals(2, claim(0).attempt());
    }

    @Test
    void nothingOfAPausedRunIsDispatchedOrClaimed() throws SQLException {
        claim(0);
        pause();

        assertEquals(Optional.empty(), batches.claim(new BatchId(run, 1), ALICE, LEASE));
        assertEquals(List.of(), pending.due(run, 0, 10));
        assertTrue(pending.openRuns().contains(new OpenRun(run, 2, true)));

        resume();
        assertEquals(List.of(0, 1, 2), pending.due(run, 0, 10));
        assertTrue(pending.openRuns().contains(new OpenRun(run, 2, false)));
    }

    @Test
    void secondPauseChangesNothing() throws SQLException {
        assertTrue(pause());
        assertFalse(pause(new Pause(PauseReason.KEY_REFUSED, null, "another reason")));

        assertEquals(List.of("PAUSED", "BUDGET", "1"), run("status, pause_reason, revision"));
    }

    @Test
    void finalRunIsNotPaused() throws SQLException {
        cancel();

        assertFalse(pause());
        assertEquals(List.of("CANCELLED"), run("status"));
    }

    @Test
    void pausedRunIsCancelled() throws SQLException {
        claim(0);
        pause();

        assertTrue(cancel());

        assertEquals(List.of("CANCELLED", "30", "3"), run("status, cancelled, batches_cancelled"));
    }

    @Test
    void lastBatchThatEndsBeforeThePauseEndsTheRun() throws SQLException {
        for (int number = 0; number < 3; number++) {
            batches.finish(claim(number), ALICE, finished());
        }

        assertFalse(pause());
        assertEquals(List.of("SUCCEEDED"), run("status"));
    }

    @Test
    void resumedRunIsMeasuredAnewAndKeepsItsResults() throws SQLException {
        batches.finish(claim(0), ALICE, finished());
        pause();
        resume();

        assertEquals(
                List.of("QUEUED", "null", "null", "null", "10", "10"),
                run("status, status_reason, pause_reason, resumed_at, succeeded, done_before"));
        batches.finish(claim(1), ALICE, finished());
        batches.finish(claim(2), ALICE, finished());
        assertEquals(List.of("SUCCEEDED", "30"), run("status, succeeded"));
    }

    @Test
    void resumedRunKeepsItsFirstStartAndCountsThePause() throws SQLException {
        start();
        pause();
        rows.execute("""
                update run set started_at = timestamp '2026-03-01 10:00', paused_at = now() - interval '1 hour'
                 where id = ?""", run);
        resume();
        assertEquals(List.of("null", "0.0"), run("resumed_at, paused_seconds"));

        start();

        assertEquals(
                List.of("true", "true", "true"),
                run(
                        "started_at = timestamp '2026-03-01 10:00', resumed_at > paused_at, paused_seconds between 3600 and 3660"));
        pause();
        assertEquals(List.of("null", "true"), run("resumed_at, paused_seconds between 3600 and 3660"));
    }

    @Test
    void pauseThatEndsWithTheRunIsCounted() throws SQLException {
        start();
        pause();
        rows.execute("""
                update run set started_at = now() - interval '3 hours', paused_at = now() - interval '1 hour'
                 where id = ?""", run);

        cancel();

        assertEquals(List.of("true"), run("paused_seconds between 3600 and 3660"));
    }

    @Test
    void pauseBeforeTheFirstStartIsNoneOfTheTimeOfTheRun() throws SQLException {
        pause();
        resume();
        start();

        assertEquals(List.of("true", "0.0"), run("started_at > paused_at and started_at = resumed_at, paused_seconds"));
    }

    @Test
    void stateTellsWhetherTheRunWasPausedBefore() throws SQLException {
        assertEquals(new PauseTransitions.State(RunStatus.QUEUED, null, false, 2), state());
        pause();
        assertEquals(new PauseTransitions.State(RunStatus.PAUSED, PauseReason.BUDGET, true, 2), state());
        resume();
        assertEquals(new PauseTransitions.State(RunStatus.QUEUED, null, true, 2), state());
    }

    @Test
    void pausedRunStaysPausedAfterARestart() throws SQLException {
        claim(0);
        pause();

        batches.recoverExpired(INSTALLATION, INSTALLATION + "/next");

        assertEquals(List.of("PAUSED"), run("status"));
        assertEquals(List.of("3"), batch("count(*) filter (where status = 'QUEUED')"));
    }

    @Test
    void pausedRunIsNotOldHoweverLongItWaits() throws SQLException {
        pause();
        rows.execute(
                "update run set created_at = now() - interval '10 years', paused_at = now() - interval '10 years' where id = ?",
                run);

        assertFalse(
                new RetentionQueries(transactions).oldRuns(Duration.ofDays(1)).contains(run));
    }

    private void start() {
        transactions.run(transaction -> {
            transitions.start(transaction, run);
            return run;
        });
    }

    private boolean pause() {
        return pause(new Pause(PauseReason.BUDGET, 7L, "needs more"));
    }

    private boolean pause(Pause pause) {
        return transactions.run(transaction -> PauseTransitions.pause(transaction, run, pause));
    }

    private void resume() {
        transactions.run(transaction -> {
            PauseTransitions.resume(transaction, run);
            return run;
        });
    }

    private boolean cancel() {
        return transactions.run(transaction -> transitions.stop(transaction, run, RunStatus.CANCELLED, null));
    }

    private PauseTransitions.State state() {
        return transactions
                .run(transaction -> PauseTransitions.lock(transaction, run))
                .orElseThrow();
    }

    private BatchClaim claim(int number) {
        return batches.claim(new BatchId(run, number), ALICE, LEASE).orElseThrow();
    }

    private static Finished finished() {
        return new Finished(new BatchSummary(10, 10, 0, 0), new ResultLocation("segment", 0, 10, 0), List.of());
    }

    private List<String> run(String columns) throws SQLException {
        return rows.row("select " + columns + " from run where id = ?", run);
    }

    private List<String> batch(String columns) throws SQLException {
        return rows.row("select " + columns + " from batch where run_id = ?", run);
    }
}
