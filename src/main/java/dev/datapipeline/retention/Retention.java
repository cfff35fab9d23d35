package dev.datapipeline.retention;

import dev.datapipeline.database.DatabaseException;
import dev.datapipeline.database.Transactions;
import dev.datapipeline.dataset.DatasetService;
import dev.datapipeline.problem.ProblemException;
import dev.datapipeline.run.service.RunService;
import dev.datapipeline.storage.BlobName;
import dev.datapipeline.storage.Blobs;
import io.quarkus.scheduler.Scheduled;
import io.quarkus.scheduler.Scheduled.ConcurrentExecution;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.function.Consumer;
import org.jboss.logging.Logger;

/** Removes old runs and datasets where that is wanted, and files that no row names: a service that died may leave some. */
@Singleton
class Retention {
    private static final Logger LOG = Logger.getLogger(Retention.class);
    /** A file is written before the row that names it. */
    private static final Duration SURELY_FORGOTTEN = Duration.ofHours(1);

    private final Transactions transactions;
    private final RunService runs;
    private final DatasetService datasets;
    private final Blobs blobs;
    private final RetentionConfig config;

    Retention(
            Transactions transactions, RunService runs, DatasetService datasets, Blobs blobs, RetentionConfig config) {
        this.transactions = transactions;
        this.runs = runs;
        this.datasets = datasets;
        this.blobs = blobs;
        this.config = config;
    }

    @Scheduled(every = "10m", delayed = "1m", concurrentExecution = ConcurrentExecution.SKIP)
    void tidy() {
        try {
            removeOld();
            removeForgotten("runs", "select id from run", SURELY_FORGOTTEN);
            removeForgotten("datasets", "select id from dataset", SURELY_FORGOTTEN);
        } catch (DatabaseException | IOException later) {
            LOG.warnf("what is old could not be removed, trying again in 10 minutes: %s", later.getMessage());
        }
    }

    private void removeOld() {
        config.runs().ifPresent(age -> remove("run", runs::delete, old("""
                select id from run
                 where status not in ('QUEUED', 'RUNNING') and finished_at < now() - ? * interval '1 ms'""", age)));
        config.datasets().ifPresent(age -> remove("dataset", datasets::delete, old("""
                select id from dataset d
                 where created_at < now() - ? * interval '1 ms'
                   and not exists (select from run where dataset_id = d.id)""", age)));
    }

    private static void remove(String what, Consumer<UUID> deletion, List<UUID> old) {
        for (UUID id : old) {
            try {
                deletion.accept(id);
                LOG.infof("%s %s removed: it was kept for as long as wanted", what, id);
            } catch (ProblemException usedAgain) {
                LOG.debugf("%s %s stays: %s", what, id, usedAgain.getMessage());
            }
        }
    }

    private List<UUID> old(String query, Duration age) {
        return transactions.run(connection -> {
            try (PreparedStatement select = connection.prepareStatement(query)) {
                select.setLong(1, age.toMillis());
                return ids(select);
            }
        });
    }

    /**
     * Removes the folders whose name is no id in the database.
     *
     * @param age of what nobody can be about to name
     */
    void removeForgotten(String folder, String query, Duration age) throws IOException {
        List<BlobName> candidates =
                blobs.unchangedSince(BlobName.of(folder), Instant.now().minus(age));
        if (candidates.isEmpty()) {
            return;
        }
        Set<BlobName> named = new HashSet<>();
        for (UUID id : transactions.run(connection -> ids(connection.prepareStatement(query)))) {
            named.add(BlobName.of(folder, id));
        }
        for (BlobName candidate : candidates) {
            if (!named.contains(candidate)) {
                blobs.delete(candidate);
                LOG.infof("%s removed: nothing refers to it", candidate.value());
            }
        }
    }

    private static List<UUID> ids(PreparedStatement query) throws SQLException {
        List<UUID> ids = new ArrayList<>();
        try (query;
                ResultSet row = query.executeQuery()) {
            while (row.next()) {
                ids.add(row.getObject(1, UUID.class));
            }
        }
        return ids;
    }
}
