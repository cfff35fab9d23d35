package dev.datapipeline.run;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.datapipeline.database.Transactions;
import dev.datapipeline.testing.TestDatabase;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;

/** The ledger over the database of the tests, for other packages. */
public final class TestLedger {
    private TestLedger() {}

    public static BatchLedger open() {
        return new BatchLedger(
                new Transactions(TestDatabase.shared()),
                new RunBooks(),
                new RunLooks(new RunRepository(), new ObjectMapper()),
                new RecordMetrics(new SimpleMeterRegistry()));
    }
}
