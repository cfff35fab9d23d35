package dev.datapipeline.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.datapipeline.database.Transactions;
import dev.datapipeline.result.ResultLocation;
import dev.datapipeline.run.store.RunTransitions;
import dev.datapipeline.run.store.batch.BatchClaim;
import dev.datapipeline.run.store.batch.BatchOutcome;
import dev.datapipeline.run.store.batch.BatchOutcome.Broken;
import dev.datapipeline.run.store.batch.BatchOutcome.Finished;
import dev.datapipeline.run.store.batch.BatchRepository;
import dev.datapipeline.run.store.batch.FinishResult;
import dev.datapipeline.run.store.batch.FinishResult.Finish;
import dev.datapipeline.sandbox.engine.BatchSummary;
import dev.datapipeline.testing.Rows;
import dev.datapipeline.testing.TestDatabase;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Workers that race, stand still for longer than their leases, die, and hear of every batch more than once do to one run whatever they can
 * do, chosen by a seed: each batch is recorded once, and the run is the sum of what was recorded. The seeds are fixed, how the threads
 * take turns is not, so every run of this test tries something new.
 */
class ClaimProtocolTest {
    private static final int SEEDS = 3;
    private static final int WORKERS = 5;
    private static final int BATCHES = 15;
    private static final int RECORDS = BATCHES * 10;
    private static final Duration SHORT_LEASE = Duration.ofMillis(5);
    private static final Duration LONG_LEASE = Duration.ofSeconds(30);
    private static final int MOST_STEPS = 2_000;

    private final Transactions transactions = new Transactions(TestDatabase.shared());
    private final BatchRepository batches = TestBatches.open();
    private final RunTransitions transitions = new RunTransitions();
    private final Rows rows = new Rows(TestDatabase.shared());
    private final String installation = UUID.randomUUID().toString();

    /** Every claim that was ever granted. */
    private final Set<List<Integer>> granted = ConcurrentHashMap.newKeySet();
    /** By batch, what was said to be recorded. */
    private final Map<Integer, Queue<Recorded>> recorded = new ConcurrentHashMap<>();

    private final AtomicInteger ends = new AtomicInteger();

    private record Recorded(int attempt, BatchOutcome outcome) {}

    static IntStream seeds() {
        return IntStream.range(0, SEEDS);
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void everyBatchIsRecordedOnce(int seed) throws Exception {
        UUID run = rows.run(BATCHES);

        race(workers(run, seed));

        assertEquals(1, ends.get(), "the run ended once");
        assertBooks(run, BATCHES);
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void batchOfAStoppedRunIsRecordedOrCancelled(int seed) throws Exception {
        UUID run = rows.run(BATCHES);
        List<Callable<Void>> parts = workers(run, seed);
        parts.add(() -> {
            Thread.sleep(new Random(seed).nextInt(100));
            boolean isStopped = transactions.run(c -> transitions.stop(c, run, RunStatus.CANCELLED, null));
            ends.addAndGet(isStopped ? 1 : 0);
            return null;
        });

        race(parts);

        assertEquals(1, ends.get(), "the run ended once");
        assertBooks(run, recorded.size());
    }

    private List<Callable<Void>> workers(UUID run, int seed) {
        List<Callable<Void>> workers = new ArrayList<>();
        for (int number = 0; number < WORKERS; number++) {
            Worker worker = new Worker(run, new Random(seed * 1_000L + number));
            workers.add(() -> {
                worker.work();
                return null;
            });
        }
        return workers;
    }

    private static void race(List<Callable<Void>> parts) throws Exception {
        try (ExecutorService threads = Executors.newFixedThreadPool(parts.size())) {
            for (Future<Void> part : threads.invokeAll(parts)) {
                part.get();
            }
        }
    }

    private void assertBooks(UUID run, int finished) throws SQLException {
        assertEquals(finished, recorded.size());
        long succeeded = 0;
        long failed = 0;
        for (Map.Entry<Integer, Queue<Recorded>> batch : recorded.entrySet()) {
            assertEquals(1, batch.getValue().size(), "recorded for batch " + batch.getKey() + ": " + batch.getValue());
            Recorded winner = batch.getValue().element();
            succeeded += succeeded(winner.outcome());
            failed += 10 - succeeded(winner.outcome());
            assertEquals(
                    List.of(
                            String.valueOf(winner.attempt()),
                            String.valueOf(succeeded(winner.outcome())),
                            String.valueOf(segment(winner.outcome()))),
                    rows.row(
                            "select attempt, succeeded, segment from batch where run_id = ? and number = ?",
                            run,
                            batch.getKey()));
        }
        assertEquals(
                List.of(
                        String.valueOf(succeeded),
                        String.valueOf(failed),
                        String.valueOf(RECORDS - succeeded - failed),
                        "true"),
                rows.row("select succeeded, failed, cancelled, finished_at is not null from run where id = ?", run));
        assertEquals(
                rows.row("select succeeded, failed, cancelled from run where id = ?", run),
                rows.row("select sum(succeeded), sum(failed), sum(cancelled) from batch where run_id = ?", run));
        assertEquals(List.of("0"), rows.row("""
                        select count(*) from batch b
                         where run_id = ? and exists (
                               select from generate_series(1, b.attempt - 1) n
                                where not exists (select from batch_attempt a where (a.run_id, a.batch, a.attempt) = (b.run_id, b.number, n)))""", run), "every attempt that was lost is told of");
    }

    private static int succeeded(BatchOutcome outcome) {
        return outcome instanceof Finished finished ? finished.summary().succeeded() : 0;
    }

    private static String segment(BatchOutcome outcome) {
        return outcome instanceof Finished finished ? finished.location().segment() : "null";
    }

    /** Does what workers do, and what they should not. */
    private final class Worker {
        private final UUID run;
        private final Random random;
        private final List<BatchClaim> held = new ArrayList<>();
        private String owner = instance();

        Worker(UUID run, Random random) {
            this.run = run;
            this.random = random;
        }

        private String instance() {
            return installation + "/" + UUID.randomUUID();
        }

        void work() throws Exception {
            for (int step = 0; ends.get() == 0; step++) {
                assertTrue(step < MOST_STEPS, "the run does not end");
                step();
            }
            // What comes after the end changes nothing.
            List.copyOf(held).forEach(claim -> finish(claim, false));
        }

        private void step() throws InterruptedException {
            switch (random.nextInt(12)) {
                case 0, 1, 2 -> claim();
                case 3, 4 -> any().ifPresent(claim -> finish(claim, true));
                case 5, 6 -> any().ifPresent(this::finishAndClaim);
                case 7 -> any().ifPresent(claim -> finish(claim, false));
                case 8 -> any().ifPresent(this::returnUnfinished);
                case 9 -> batches.renew(List.copyOf(held), owner, lease());
                case 10 -> batches.recoverExpired(installation, owner);
                default -> standStillOrDie();
            }
        }

        /** The claim may be long lost, finished or given back. */
        private Optional<BatchClaim> any() {
            return held.isEmpty() ? Optional.empty() : Optional.of(held.get(random.nextInt(held.size())));
        }

        private BatchId batch() {
            return new BatchId(run, random.nextInt(BATCHES));
        }

        private Duration lease() {
            return random.nextBoolean() ? SHORT_LEASE : LONG_LEASE;
        }

        private void claim() {
            batches.claim(batch(), owner, lease()).ifPresent(this::hold);
        }

        private void hold(BatchClaim claim) {
            assertTrue(granted.add(List.of(claim.id().number(), claim.attempt())), "granted once: " + claim);
            held.add(claim);
        }

        /** @param isForgotten else it is finished again some time, as with a message that comes twice */
        private void finish(BatchClaim claim, boolean isForgotten) {
            BatchOutcome outcome = outcome(claim);
            note(claim, outcome, batches.finish(claim, owner, outcome));
            if (isForgotten) {
                held.remove(claim);
            }
        }

        private void finishAndClaim(BatchClaim claim) {
            BatchOutcome outcome = outcome(claim);
            FinishResult<BatchClaim> result = batches.finishAndClaim(claim, owner, outcome, batch(), lease());
            note(claim, outcome, result.finish());
            result.next().ifPresent(this::hold);
        }

        private void note(BatchClaim claim, BatchOutcome outcome, Finish finish) {
            if (finish == Finish.LOST) {
                return;
            }
            recorded.computeIfAbsent(claim.id().number(), number -> new ConcurrentLinkedQueue<>())
                    .add(new Recorded(claim.attempt(), outcome));
            if (finish == Finish.RUN_ENDED) {
                ends.incrementAndGet();
            }
        }

        private BatchOutcome outcome(BatchClaim claim) {
            if (random.nextInt(10) == 0) {
                return new Broken("PROTOCOL_VIOLATION", "seeded");
            }
            int succeeded = random.nextInt(11);
            return new Finished(
                    new BatchSummary(10, succeeded, 10 - succeeded, 0),
                    new ResultLocation("of attempt " + claim.attempt(), 0, 1, 0),
                    List.of());
        }

        private void returnUnfinished(BatchClaim claim) {
            switch (random.nextInt(3)) {
                case 0 -> batches.release(claim, owner, null);
                case 1 -> batches.infrastructureFailed(claim, owner, Duration.ofMillis(1), "seeded");
                default -> batches.engineDied(claim, owner, Duration.ofMillis(1), "seeded");
            }
        }

        private void standStillOrDie() throws InterruptedException {
            if (random.nextInt(8) == 0) {
                held.clear();
                owner = instance();
            } else {
                Thread.sleep(random.nextInt(2 * (int) SHORT_LEASE.toMillis()));
            }
        }
    }
}
