package dev.datapipeline.run.store.batch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.datapipeline.result.RetriedCauses;
import dev.datapipeline.run.BatchId;
import dev.datapipeline.run.RunStatus;
import dev.datapipeline.run.store.batch.BatchOutcome.Broken;
import dev.datapipeline.run.store.batch.FinishResult.Finish;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** Ends of batches, and what they do to the run. */
class BatchFinishTest extends BatchRepositoryFixture {
    @Test
    void finishingTwiceCountsOnce() throws SQLException {
        UUID run = rows.run(2);
        BatchClaim claim = claim(run, 0, ALICE);

        assertEquals(Finish.RECORDED, batches.finish(claim, ALICE, finished(7, 3)));
        assertEquals(Finish.LOST, batches.finish(claim, ALICE, finished(7, 3)));

        assertEquals(
                List.of("7", "3", "1"),
                rows.row("select succeeded, failed, batches_succeeded from run where id = ?", run));
    }

    @Test
    void recordsAreCountedOncePerRecordedAttempt() throws SQLException {
        UUID run = rows.run(2);
        BatchClaim whole = claim(run, 0, ALICE);
        BatchClaim broken = claim(run, 1, ALICE);

        batches.finish(whole, ALICE, finished(7, 2, 1));
        batches.finish(whole, ALICE, finished(7, 2, 1));
        assertEquals(List.of(7.0, 2.0, 1.0), counted());

        batches.finish(broken, ALICE, new Broken("ENGINE_DIED", "gone"));
        assertEquals(List.of(7.0, 12.0, 1.0), counted());
    }

    @Test
    void endAndNextClaimAreOneStep() throws SQLException {
        UUID run = rows.run(3);
        BatchClaim first = claim(run, 0, ALICE);

        FinishResult<BatchClaim> result =
                batches.finishAndClaim(first, ALICE, finished(7, 3), new BatchId(run, 1), LEASE);

        assertEquals(Finish.RECORDED, result.finish());
        assertEquals(
                Optional.of(new BatchClaim(new BatchId(run, 1), 0, 1, 0, 10, 10, null, RetriedCauses.ALL)),
                result.next());
        assertEquals(List.of("7", "3"), rows.row("select succeeded, failed from run where id = ?", run));
        assertEquals(
                List.of("RUNNING", ALICE),
                rows.row("select status, owner from batch where run_id = ? and number = 1", run));
        assertEquals(List.of(7.0, 3.0, 0.0), counted());
    }

    @Test
    void endIsRecordedWhenNoBatchCanBeClaimed() throws SQLException {
        UUID run = rows.run(2);
        BatchClaim first = claim(run, 0, ALICE);
        claim(run, 1, BOB);

        FinishResult<BatchClaim> result =
                batches.finishAndClaim(first, ALICE, finished(10, 0), new BatchId(run, 1), LEASE);

        assertEquals(new FinishResult<>(Finish.RECORDED, Optional.empty()), result);
        assertEquals(List.of("10"), rows.row("select succeeded from run where id = ?", run));
    }

    @Test
    void nextBatchIsClaimedAlsoAfterALostAttempt() throws SQLException {
        UUID run = rows.run(2);
        BatchClaim lost = claim(run, 0, ALICE);
        batches.finish(lost, ALICE, finished(10, 0));

        FinishResult<BatchClaim> result =
                batches.finishAndClaim(lost, ALICE, finished(10, 0), new BatchId(run, 1), LEASE);

        assertEquals(Finish.LOST, result.finish());
        assertEquals(1, result.next().orElseThrow().id().number());
        assertEquals(List.of("10"), rows.row("select succeeded from run where id = ?", run));
    }

    @Test
    void batchOfARunThatHasJustEndedIsNotClaimed() throws SQLException {
        UUID run = rows.run(2, 0L);
        BatchClaim first = claim(run, 0, ALICE);

        FinishResult<BatchClaim> result =
                batches.finishAndClaim(first, ALICE, finished(9, 1), new BatchId(run, 1), LEASE);

        assertEquals(new FinishResult<>(Finish.RUN_ENDED, Optional.empty()), result);
        assertEquals(List.of("FAILED", "10"), rows.row("select status, cancelled from run where id = ?", run));
    }

    @Test
    void lastBatchEndsTheRun() throws SQLException {
        UUID run = rows.run(2);

        batches.finish(claim(run, 1, ALICE), ALICE, finished(10, 0));
        Finish last = batches.finish(claim(run, 0, ALICE), ALICE, finished(9, 1));

        assertEquals(Finish.RUN_ENDED, last);
        assertEquals(
                List.of("PARTIAL", "19", "1", "true"),
                rows.row("select status, succeeded, failed, finished_at >= started_at from run where id = ?", run));
        assertEquals(
                List.of("KeyError", "1"), rows.row("select type, records from batch_failure where run_id = ?", run));
    }

    @Test
    void runWithoutAnySuccessHasFailed() throws SQLException {
        UUID run = rows.run(1);

        batches.finish(claim(run, 0, ALICE), ALICE, new Broken("PROTOCOL_VIOLATION", "a\0 frame \ud800"));

        assertEquals(List.of("FAILED", "10"), rows.row("select status, failed from run where id = ?", run));
    }

    @Test
    void tooManyFailuresStopTheRun() throws SQLException {
        UUID run = rows.run(3, 1L);

        assertEquals(Finish.RECORDED, batches.finish(claim(run, 0, ALICE), ALICE, finished(9, 1)));
        assertEquals(Finish.RUN_ENDED, batches.finish(claim(run, 1, ALICE), ALICE, finished(9, 1)));

        assertEquals(
                List.of("FAILED", "18", "2", "10", "1"),
                rows.row("select status, succeeded, failed, cancelled, batches_cancelled from run where id = ?", run));
    }

    @Test
    void stoppedRunKeepsFinishedBatchesAndRejectsOthers() throws SQLException {
        UUID run = rows.run(3);
        batches.finish(claim(run, 0, ALICE), ALICE, finished(10, 0));
        BatchClaim under = claim(run, 1, ALICE);

        boolean isStopped = transactions.run(c -> transitions.stop(c, run, RunStatus.CANCELLED, null));
        boolean isStoppedAgain = transactions.run(c -> transitions.stop(c, run, RunStatus.CANCELLED, null));

        assertTrue(isStopped);
        assertEquals(false, isStoppedAgain);
        assertEquals(Finish.LOST, batches.finish(under, ALICE, finished(10, 0)));
        assertEquals(Optional.empty(), batches.claim(new BatchId(run, 2), BOB, LEASE));
        assertEquals(
                List.of("CANCELLED", "10", "20", "2"),
                rows.row("select status, succeeded, cancelled, batches_cancelled from run where id = ?", run));
    }
}
