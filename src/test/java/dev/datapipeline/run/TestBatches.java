package dev.datapipeline.run;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.datapipeline.database.Transactions;
import dev.datapipeline.run.api.RunSnapshotCache;
import dev.datapipeline.run.store.RecordMetrics;
import dev.datapipeline.run.store.RunRepository;
import dev.datapipeline.run.store.RunTransitions;
import dev.datapipeline.run.store.batch.BatchRepository;
import dev.datapipeline.testing.NoRunCosts;
import dev.datapipeline.testing.TestDatabase;
import dev.datapipeline.time.Ticker;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;

/** The batches over the database of the tests, for other packages. */
public final class TestBatches {
    private TestBatches() {}

    public static BatchRepository open() {
        return new BatchRepository(
                new Transactions(TestDatabase.shared()),
                new RunTransitions(),
                new RunSnapshotCache(new RunRepository(), NoRunCosts.answers(), new ObjectMapper(), Ticker.system()),
                new RecordMetrics(new SimpleMeterRegistry()));
    }
}
