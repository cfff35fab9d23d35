package dev.datapipeline.run.service;

import dev.datapipeline.database.DatabaseException;
import dev.datapipeline.database.Transactions;
import dev.datapipeline.storage.Blobs;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.Tags;
import io.quarkus.scheduler.Scheduled;
import io.quarkus.scheduler.Scheduled.ConcurrentExecution;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.jboss.logging.Logger;

/** Shows how much waits and runs, read from the tables now and then; the names are stable, see docs/operations.md. */
@Singleton
class RunMetrics {
    private static final Logger LOG = Logger.getLogger(RunMetrics.class);
    private static final String RUNS = "select status, count(*) from run group by status";
    private static final String OPEN_BATCHES =
            "select status, count(*) from batch where status = 'QUEUED' group by status"
                    + " union all select status, count(*) from batch where status = 'RUNNING' group by status";

    private final Transactions transactions;
    private final MultiGauge runs;
    private final MultiGauge batches;

    RunMetrics(MeterRegistry registry, Transactions transactions, Blobs blobs) {
        this.transactions = transactions;
        runs = MultiGauge.builder("datapipeline.runs")
                .description("Runs by status")
                .register(registry);
        batches = MultiGauge.builder("datapipeline.batches")
                .description("Batches that wait or run, by status")
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
            transactions.run(connection -> {
                runs.register(rows(connection, RUNS), true);
                batches.register(rows(connection, OPEN_BATCHES), true);
                return true;
            });
        } catch (DatabaseException away) {
            LOG.debugf("no metrics of runs for now: %s", away.getMessage());
        }
    }

    private static List<MultiGauge.Row<?>> rows(Connection connection, String query) throws SQLException {
        List<MultiGauge.Row<?>> rows = new ArrayList<>();
        try (PreparedStatement select = connection.prepareStatement(query);
                ResultSet row = select.executeQuery()) {
            while (row.next()) {
                rows.add(MultiGauge.Row.of(Tags.of("status", row.getString(1)), row.getLong(2)));
            }
        }
        return rows;
    }

    private static double freeBytes(Blobs blobs) {
        try {
            return blobs.freeBytes();
        } catch (IOException unknown) {
            return Double.NaN;
        }
    }
}
