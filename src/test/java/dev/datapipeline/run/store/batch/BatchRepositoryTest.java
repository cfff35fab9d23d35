package dev.datapipeline.run.store.batch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.datapipeline.result.RetriedCauses;
import dev.datapipeline.run.BatchId;
import dev.datapipeline.run.store.batch.FinishResult.Finish;
import dev.datapipeline.worker.dispatch.DueBatches;
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
import org.junit.jupiter.api.Test;

/** Claims, leases and their recovery. */
class BatchRepositoryTest extends BatchRepositoryFixture {
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
}
