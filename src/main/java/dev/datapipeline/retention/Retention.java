package dev.datapipeline.retention;

import dev.datapipeline.database.DatabaseException;
import dev.datapipeline.dataset.DatasetService;
import dev.datapipeline.problem.ProblemException;
import dev.datapipeline.run.RunRef;
import dev.datapipeline.run.service.RunService;
import dev.datapipeline.run.store.RetentionQueries;
import dev.datapipeline.storage.BlobName;
import dev.datapipeline.storage.Blobs;
import io.quarkus.scheduler.Scheduled;
import io.quarkus.scheduler.Scheduled.ConcurrentExecution;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jboss.logging.Logger;

/** Removes old runs and datasets where the settings ask for it, and files that no row refers to: a service that died may leave some. */
@Singleton
class Retention {
    private static final Logger LOG = Logger.getLogger(Retention.class);
    /** A file is written before the row that refers to it, so that younger files may still get a row. */
    private static final Duration MIN_AGE = Duration.ofHours(1);

    private final RetentionQueries queries;
    private final RunService runs;
    private final DatasetService datasets;
    private final Blobs blobs;
    private final RetentionConfig config;

    Retention(RetentionQueries queries, RunService runs, DatasetService datasets, Blobs blobs, RetentionConfig config) {
        this.queries = queries;
        this.runs = runs;
        this.datasets = datasets;
        this.blobs = blobs;
        this.config = config;
    }

    @Scheduled(every = "10m", delayed = "1m", concurrentExecution = ConcurrentExecution.SKIP)
    void clean() {
        try {
            removeOld();
            removeUnreferenced("runs", queries::runs, MIN_AGE);
            removeUnreferenced("model-calls", queries::runs, MIN_AGE);
            removeUnreferenced("datasets", queries::datasets, MIN_AGE);
        } catch (DatabaseException | IOException later) {
            LOG.warnf("old data could not be removed, trying again in 10 minutes: %s", later.getMessage());
        }
    }

    private void removeOld() {
        config.runs().ifPresent(age -> remove("run", id -> runs.delete(new RunRef(id)), queries.oldRuns(age)));
        config.datasets().ifPresent(age -> remove("dataset", datasets::delete, queries.oldDatasets(age)));
    }

    private static void remove(String what, Consumer<UUID> deletion, List<UUID> old) {
        for (UUID id : old) {
            try {
                deletion.accept(id);
                LOG.infof("%s %s removed: it is older than the settings allow", what, id);
            } catch (ProblemException inUse) {
                LOG.debugf("%s %s stays: %s", what, id, inUse.getMessage());
            }
        }
    }

    /** Removes folders without a row. Younger ones stay, since their row may not be committed yet. */
    void removeUnreferenced(String folder, Supplier<List<UUID>> ids, Duration age) throws IOException {
        List<BlobName> candidates =
                blobs.unchangedSince(BlobName.of(folder), Instant.now().minus(age));
        if (candidates.isEmpty()) {
            return;
        }
        Set<BlobName> referenced =
                ids.get().stream().map(id -> BlobName.of(folder, id)).collect(Collectors.toSet());
        for (BlobName candidate : candidates) {
            if (!referenced.contains(candidate)) {
                blobs.delete(candidate);
                LOG.infof("%s removed: nothing refers to it", candidate.value());
            }
        }
    }
}
