package dev.datapipeline.worker.result;

import dev.datapipeline.database.DatabaseException;
import dev.datapipeline.result.ResultStore;
import dev.datapipeline.run.event.RunEnded;
import dev.datapipeline.run.store.batch.SegmentQueries;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.jboss.logging.Logger;

/**
 * Deletes the segments that no batch refers to when a run ends: those of failed and lost attempts, and those that a retry has replaced. The
 * run is locked meanwhile, so that no retry starts to write to a segment that is being deleted. A reader whose segment is gone reads the row
 * of its batch again.
 */
@Singleton
public class UnusedSegments {
    private static final Logger LOG = Logger.getLogger(UnusedSegments.class);

    private final SegmentQueries queries;
    private final ResultStore store;

    UnusedSegments(SegmentQueries queries, ResultStore store) {
        this.queries = queries;
        this.store = store;
    }

    void remove(@Observes RunEnded ended) {
        UUID run = ended.run();
        try {
            List<String> segments = store.segments(run);
            if (!segments.isEmpty()) {
                queries.cleanUpIfFinal(run, used -> removeUnused(run, segments, used));
            }
        } catch (DatabaseException | IOException | UncheckedIOException failed) {
            LOG.warnf(
                    "unused results of run %s stay on the disk until the run is deleted: %s", run, failed.getMessage());
        }
    }

    private void removeUnused(UUID run, List<String> segments, Set<String> used) {
        for (String segment : segments) {
            if (!used.contains(segment)) {
                delete(run, segment);
            }
        }
    }

    private void delete(UUID run, String segment) {
        try {
            store.delete(run, segment);
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }
}
