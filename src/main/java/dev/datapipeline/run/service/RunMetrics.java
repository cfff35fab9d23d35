package dev.datapipeline.run.service;

import dev.datapipeline.database.DatabaseException;
import dev.datapipeline.run.store.StatusQueries;
import dev.datapipeline.run.store.StatusQueries.StatusCount;
import dev.datapipeline.storage.Blobs;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.Tags;
import io.quarkus.scheduler.Scheduled;
import io.quarkus.scheduler.Scheduled.ConcurrentExecution;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.util.List;
import org.jboss.logging.Logger;

/** Gauges of runs and batches by status, read from the tables every 10 seconds. The names are stable, see docs/operations.md. */
@Singleton
class RunMetrics {
    private static final Logger LOG = Logger.getLogger(RunMetrics.class);

    private final StatusQueries statuses;
    private final MultiGauge runs;
    private final MultiGauge batches;

    RunMetrics(MeterRegistry registry, StatusQueries statuses, Blobs blobs) {
        this.statuses = statuses;
        runs = MultiGauge.builder("datapipeline.runs")
                .description("Runs by status")
                .register(registry);
        batches = MultiGauge.builder("datapipeline.batches")
                .description("Queued and running batches, by status")
                .register(registry);
        Gauge.builder("datapipeline.disk.free", blobs, RunMetrics::freeBytes)
                .description("Free space where datasets and results are kept")
                .baseUnit("bytes")
                .strongReference(true)
                .register(registry);
    }

    @Scheduled(every = "10s", delayed = "1s", concurrentExecution = ConcurrentExecution.SKIP)
    void read() {
        try {
            runs.register(rows(statuses.runs()), true);
            batches.register(rows(statuses.openBatches()), true);
        } catch (DatabaseException away) {
            LOG.debugf("no metrics of runs for now: %s", away.getMessage());
        }
    }

    private static List<MultiGauge.Row<?>> rows(List<StatusCount> counts) {
        return counts.stream()
                .<MultiGauge.Row<?>>map(count -> MultiGauge.Row.of(Tags.of("status", count.status()), count.count()))
                .toList();
    }

    private static double freeBytes(Blobs blobs) {
        try {
            return blobs.freeBytes();
        } catch (IOException unknown) {
            return Double.NaN;
        }
    }
}
