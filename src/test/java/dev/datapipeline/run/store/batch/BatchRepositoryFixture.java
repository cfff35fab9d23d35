package dev.datapipeline.run.store.batch;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.datapipeline.database.Transactions;
import dev.datapipeline.result.FailureCause;
import dev.datapipeline.result.ResultLocation;
import dev.datapipeline.run.BatchId;
import dev.datapipeline.run.api.RunSnapshotCache;
import dev.datapipeline.run.store.RecordMetrics;
import dev.datapipeline.run.store.RunRepository;
import dev.datapipeline.run.store.RunTransitions;
import dev.datapipeline.run.store.batch.BatchOutcome.Finished;
import dev.datapipeline.sandbox.engine.BatchSummary;
import dev.datapipeline.testing.NoRunCosts;
import dev.datapipeline.testing.Rows;
import dev.datapipeline.testing.TestDatabase;
import dev.datapipeline.time.Ticker;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Batches in a real database, and two workers that claim them. */
abstract class BatchRepositoryFixture {
    static final Duration LEASE = Duration.ofSeconds(30);
    static final String INSTALLATION = UUID.randomUUID().toString();
    static final String ALICE = INSTALLATION + "/alice";
    static final String BOB = INSTALLATION + "/bob";

    final Transactions transactions = new Transactions(TestDatabase.shared());
    final RunTransitions transitions = new RunTransitions();
    final MeterRegistry registry = new SimpleMeterRegistry();
    final BatchRepository batches = new BatchRepository(
            transactions,
            transitions,
            new RunSnapshotCache(new RunRepository(), NoRunCosts.answers(), new ObjectMapper(), Ticker.system()),
            new RecordMetrics(registry));
    final Rows rows = new Rows(TestDatabase.shared());

    List<Double> counted() {
        return Stream.of("succeeded", "failed", "skipped")
                .map(status -> registry.get("datapipeline.records")
                        .tag("status", status)
                        .counter()
                        .count())
                .toList();
    }

    BatchClaim claim(UUID run, int number, String owner) {
        return batches.claim(new BatchId(run, number), owner, LEASE).orElseThrow();
    }

    static Finished finished(int succeeded, int failed) {
        return finished(succeeded, failed, 0);
    }

    static Finished finished(int succeeded, int failed, int skipped) {
        List<FailureCause> causes = failed == 0
                ? List.of()
                : List.of(new FailureCause("clean", "main", "KeyError", "'x'", "main.py", 3, failed, List.of(0L)));
        return new Finished(
                new BatchSummary(succeeded + failed + skipped, succeeded, failed, skipped),
                new ResultLocation("s", 0, 1, 0),
                causes);
    }

    static Set<BatchId> intersection(Set<BatchId> left, Set<BatchId> right) {
        return left.stream().filter(right::contains).collect(Collectors.toSet());
    }
}
