package dev.datapipeline.run.store;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.inject.Singleton;

/** Counts the records of recorded attempts, a retried record once more. The names are stable, see docs/operations.md. */
@Singleton
public class RecordMetrics {
    private final Counter succeeded;
    private final Counter failed;
    private final Counter skipped;

    public RecordMetrics(MeterRegistry registry) {
        succeeded = counter(registry, "succeeded");
        failed = counter(registry, "failed");
        skipped = counter(registry, "skipped");
    }

    public void add(Counts counts) {
        succeeded.increment(counts.succeeded());
        failed.increment(counts.failed());
        skipped.increment(counts.skipped());
    }

    private static Counter counter(MeterRegistry registry, String status) {
        return Counter.builder("datapipeline.records")
                .description("Records that this process has brought to a result, by status")
                .tag("status", status)
                .register(registry);
    }
}
