package dev.datapipeline.promises;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.datapipeline.result.FailureCause;
import dev.datapipeline.result.ResultLocation;
import dev.datapipeline.run.BatchId;
import dev.datapipeline.run.TestBatches;
import dev.datapipeline.run.store.batch.BatchClaim;
import dev.datapipeline.run.store.batch.BatchOutcome.Finished;
import dev.datapipeline.run.store.batch.BatchRepository;
import dev.datapipeline.run.store.batch.FinishResult.Finish;
import dev.datapipeline.sandbox.engine.BatchSummary;
import dev.datapipeline.testing.Rows;
import dev.datapipeline.testing.TestDatabase;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;

/**
 * However often a batch is claimed, doubled, lost, given back and finished by workers that know nothing of each other: it counts once, and
 * the run ends once.
 */
class BatchIsFinishedOnceTest {
    private static final int BATCHES = 30;
    private static final int WORKERS = 6;
    private static final long LONG_ENOUGH_TO_BE_CLAIMED = 2_000_000;
    private static final Duration LEASE = Duration.ofMinutes(1);

    private final BatchRepository batches = TestBatches.open();
    private final Rows rows = new Rows(TestDatabase.shared());
    private final AtomicInteger recorded = new AtomicInteger();
    private final AtomicInteger ended = new AtomicInteger();

    @Test
    void batchIsFinishedOnce() throws Exception {
        UUID run = rows.run(BATCHES);
        String installation = UUID.randomUUID().toString();
        List<Callable<Void>> workers = new ArrayList<>();
        for (int worker = 0; worker < WORKERS; worker++) {
            Random random = new Random(worker);
            String owner = installation + "/" + worker;
            workers.add(() -> {
                workUntilTheEnd(run, owner, random);
                return null;
            });
        }

        try (ExecutorService threads = Executors.newFixedThreadPool(WORKERS)) {
            for (Future<Void> worker : threads.invokeAll(workers)) {
                worker.get();
            }
        }

        assertEquals(BATCHES, recorded.get());
        assertEquals(1, ended.get());
        assertEquals(
                List.of("PARTIAL", "270", "30", "30"),
                rows.row("select status, succeeded, failed, batches_succeeded from run where id = ?", run));
        assertEquals(
                List.of("30", "30"),
                rows.row("select sum(records), count(distinct batch) from batch_failure where run_id = ?", run));
        String attempts =
                rows.row("select sum(attempt) from batch where run_id = ?", run).get(0);
        assertTrue(Integer.parseInt(attempts) > BATCHES, "some batches took more than one attempt: " + attempts);
    }

    private void workUntilTheEnd(UUID run, String owner, Random random) throws SQLException {
        while (batches.isActive(run, 0)) {
            BatchId id = new BatchId(run, random.nextInt(BATCHES));
            BatchClaim claim = batches.claim(id, owner, LEASE).orElse(null);
            if (claim != null) {
                endSomehow(claim, owner, random);
            }
        }
    }

    /** One attempt in three loses its lease on the way, one in five is given back, and whoever finishes does so twice. */
    private void endSomehow(BatchClaim claim, String owner, Random random) throws SQLException {
        if (random.nextInt(3) == 0) {
            rows.execute(
                    "update batch set lease_until = now() - interval '1 second' where run_id = ? and number = ? and status = 'RUNNING'",
                    claim.id().run(),
                    claim.id().number());
            LockSupport.parkNanos(LONG_ENOUGH_TO_BE_CLAIMED);
        }
        if (random.nextInt(5) == 0) {
            batches.release(claim, owner, null);
        }
        for (int time = 0; time < 2; time++) {
            count(batches.finish(claim, owner, outcome(owner)));
        }
    }

    private void count(Finish finish) {
        switch (finish) {
            case LOST -> {}
            case RECORDED -> recorded.incrementAndGet();
            case RUN_ENDED -> {
                recorded.incrementAndGet();
                ended.incrementAndGet();
            }
        }
    }

    private static Finished outcome(String owner) {
        return new Finished(
                new BatchSummary(10, 9, 1, 0),
                new ResultLocation(owner, 0, 1, 0),
                List.of(new FailureCause("clean", "main", "KeyError", "'x'", "main.py", 3, 1, List.of(0L))));
    }
}
