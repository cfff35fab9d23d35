package dev.datapipeline.worker;

import dev.datapipeline.database.DatabaseException;
import dev.datapipeline.result.ResultBlobs;
import dev.datapipeline.run.RunEnded;
import dev.datapipeline.run.store.batch.SegmentQueries;
import dev.datapipeline.storage.BlobName;
import dev.datapipeline.storage.Blobs;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jboss.logging.Logger;

/**
 * Deletes the segments that no batch refers to when a run ends: those of failed and lost attempts, and those that a retry has replaced. The
 * run is locked meanwhile, so that no retry starts to write to a segment that is being deleted. A reader whose segment is gone reads the row
 * of its batch again.
 */
@Singleton
class UnusedSegments {
    private static final Logger LOG = Logger.getLogger(UnusedSegments.class);

    private final SegmentQueries queries;
    private final Blobs blobs;

    UnusedSegments(SegmentQueries queries, Blobs blobs) {
        this.queries = queries;
        this.blobs = blobs;
    }

    void remove(@Observes RunEnded ended) {
        UUID run = ended.run();
        try {
            Instant always = Instant.now().plus(Duration.ofDays(1));
            List<BlobName> segments = blobs.unchangedSince(ResultBlobs.folder(run), always);
            if (!segments.isEmpty()) {
                queries.cleanUpIfFinal(run, used -> removeUnused(run, segments, used));
            }
        } catch (DatabaseException | IOException | UncheckedIOException failed) {
            LOG.warnf(
                    "unused results of run %s stay on the disk until the run is deleted: %s", run, failed.getMessage());
        }
    }

    private void removeUnused(UUID run, List<BlobName> segments, Set<String> used) {
        Set<BlobName> usedSegments =
                used.stream().map(segment -> ResultBlobs.name(run, segment)).collect(Collectors.toSet());
        for (BlobName segment : segments) {
            if (!usedSegments.contains(segment)) {
                delete(segment);
            }
        }
    }

    private void delete(BlobName segment) {
        try {
            blobs.delete(segment);
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }
}
