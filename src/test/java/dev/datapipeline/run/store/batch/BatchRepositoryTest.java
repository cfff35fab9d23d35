package dev.datapipeline.run.store.batch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.datapipeline.database.Transactions;
import dev.datapipeline.result.FailureCause;
import dev.datapipeline.result.ResultLocation;
import dev.datapipeline.result.RetriedCauses;
import dev.datapipeline.run.BatchId;
import dev.datapipeline.run.RunStatus;
import dev.datapipeline.run.api.RunSnapshotCache;
import dev.datapipeline.run.store.RecordMetrics;
import dev.datapipeline.run.store.RunRepository;
import dev.datapipeline.run.store.RunTransitions;
import dev.datapipeline.run.store.batch.BatchOutcome.Broken;
import dev.datapipeline.run.store.batch.BatchOutcome.Finished;
import dev.datapipeline.run.store.batch.FinishResult.Finish;
import dev.datapipeline.sandbox.engine.BatchSummary;
import dev.datapipeline.testing.Rows;
import dev.datapipeline.testing.TestDatabase;
import dev.datapipeline.worker.dispatch.DueBatches;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class BatchRepositoryTest {
    private static final Duration LEASE = Duration.ofSeconds(30);
    private static final String INSTALLATION = UUID.randomUUID().toString();
    private static final String ALICE = INSTALLATION + "/alice";
    private static final String BOB = INSTALLATION + "/bob";

    private final Transactions transactions = new Transactions(TestDatabase.shared());
    private final RunTransitions transitions = new RunTransitions();
    private final MeterRegistry registry = new SimpleMeterRegistry();
    private final BatchRepository batches = new BatchRepository(
            transactions,
            transitions,
            new RunSnapshotCache(new RunRepository(), new ObjectMapper()),
            new RecordMetrics(registry));
    private final Rows rows = new Rows(TestDatabase.shared());

    @Test
    void claimIsGrantedOnce() throws SQLException {
        UUID run = rows.run(1);

        Optional<BatchClaim> first = batches.claim(new BatchId(run, 0), ALICE, LEASE);
        Optional<BatchClaim> second = batches.claim(new BatchId(run, 0), BOB, LEASE);

        assertEquals(Optional.of(new BatchClaim(new BatchId(run, 0), 0, 1, 0, 0, 10, null, RetriedCauses.ALL)), first);
        assertEquals(Optional.empty(), second);
        assertEquals(List.of("RUNNING"), rows.row("select status from run where id = ?", run));
    }

    @Test
    void racingWorkersShareTheBatchesWithoutOverlap() throws Exception {
        UUID run = rows.run(40);
        List<Callable<Integer>> workers = new ArrayList<>();
        for (int worker = 0; worker < 4; worker++) {
            String owner = INSTALLATION + "/racer" + worker;
            workers.add(() -> {
                int won = 0;
                for (int number = 0; number < 40; number++) {
                    won += batches.claim(new BatchId(run, number), owner, LEASE).isPresent() ? 1 : 0;
                }
                return won;
            });
        }

        int won = 0;
        try (ExecutorService threads = Executors.newFixedThreadPool(4)) {
            for (Future<Integer> worker : threads.invokeAll(workers)) {
                won += worker.get();
            }
        }

        assertEquals(40, won);
        assertEquals(List.of("1"), rows.row("select max(attempt) from batch where run_id = ?", run));
    }

    @Test
    void batchWithAnExpiredLeaseMayBeClaimedByAnother() throws SQLException {
        UUID run = rows.run(1);
        BatchClaim late = claim(run, 0, ALICE);
        rows.execute("update batch set lease_until = now() - interval '1 second' where run_id = ?", run);

        BatchClaim next = claim(run, 0, BOB);

        assertEquals(2, next.attempt());
        assertEquals(Finish.LOST, batches.finish(late, ALICE, finished(10, 0)));
        assertEquals(List.of("0", "RUNNING"), rows.row("select succeeded, status from batch where run_id = ?", run));
        assertEquals(Finish.RUN_ENDED, batches.finish(next, BOB, finished(10, 0)));
    }

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

    private List<Double> counted() {
        return Stream.of("succeeded", "failed", "skipped")
                .map(status -> registry.get("datapipeline.records")
                        .tag("status", status)
                        .counter()
                        .count())
                .toList();
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

    @Test
    void recoveryReturnsOnlyBatchesOfDeadWorkers() throws SQLException {
        UUID run = rows.run(3);
        claim(run, 0, BOB);
        claim(run, 1, ALICE);
        batches.claim(new BatchId(run, 2), UUID.randomUUID() + "/elsewhere", LEASE);

        Set<BatchId> rescued = batches.recoverExpired(INSTALLATION, ALICE);

        assertTrue(rescued.contains(new BatchId(run, 0)));
        assertEquals(Set.of(), intersection(rescued, Set.of(new BatchId(run, 1), new BatchId(run, 2))));
    }

    @Test
    void infrastructureFailureDelaysTheBatchAndIsCounted() throws SQLException {
        UUID run = rows.run(1);

        int times = batches.infrastructureFailed(claim(run, 0, ALICE), ALICE, Duration.ofMinutes(1), "DOCKER");

        assertEquals(1, times);
        assertEquals(List.of(), DueBatches.of(run, transactions));
    }

    @Test
    void releasedBatchIsPendingAtOnce() throws SQLException {
        UUID run = rows.run(1);

        batches.release(claim(run, 0, ALICE), ALICE, null);

        assertEquals(List.of(0), DueBatches.of(run, transactions));
        assertEquals(List.of("0"), rows.row("select infrastructure_failures from batch where run_id = ?", run));
    }

    @Test
    void renewalReturnsTheBatchesStillHeld() throws SQLException {
        UUID run = rows.run(2);
        String owner = INSTALLATION + "/" + UUID.randomUUID();
        BatchClaim held = claim(run, 0, owner);
        BatchClaim given = claim(run, 1, owner);
        batches.release(given, owner, null);
        claim(run, 1, owner);

        assertEquals(Set.of(new BatchId(run, 0)), batches.renew(List.of(held, given), owner, LEASE));
        assertEquals(Set.of(), batches.renew(List.of(held), BOB, LEASE));
        assertEquals(Set.of(), batches.renew(List.of(), owner, LEASE));
    }

    @Test
    void renewalExtendsOnlyTheGivenLeases() throws SQLException {
        UUID run = rows.run(2);
        BatchClaim held = claim(run, 0, ALICE);
        claim(run, 1, ALICE);
        rows.execute("update batch set lease_until = now() - interval '1 second' where run_id = ?", run);

        batches.renew(List.of(held), ALICE, LEASE);

        assertEquals(List.of("0"), rows.row("select number from batch where run_id = ? and lease_until > now()", run));
        assertEquals(
                Set.of(new BatchId(run, 1)),
                intersection(
                        batches.recoverExpired(INSTALLATION, ALICE), Set.of(new BatchId(run, 0), new BatchId(run, 1))));
    }

    private BatchClaim claim(UUID run, int number, String owner) {
        return batches.claim(new BatchId(run, number), owner, LEASE).orElseThrow();
    }

    private static Finished finished(int succeeded, int failed) {
        return finished(succeeded, failed, 0);
    }

    private static Finished finished(int succeeded, int failed, int skipped) {
        List<FailureCause> causes = failed == 0
                ? List.of()
                : List.of(new FailureCause("clean", "main", "KeyError", "'x'", "main.py", 3, failed, List.of(0L)));
        return new Finished(
                new BatchSummary(succeeded + failed + skipped, succeeded, failed, skipped),
                new ResultLocation("s", 0, 1, 0),
                causes);
    }

    private static Set<BatchId> intersection(Set<BatchId> left, Set<BatchId> right) {
        return left.stream().filter(right::contains).collect(Collectors.toSet());
    }
}
