package dev.datapipeline.worker;

import dev.datapipeline.database.DatabaseException;
import dev.datapipeline.database.Transactions;
import dev.datapipeline.result.ResultBlobs;
import dev.datapipeline.run.RunEnded;
import dev.datapipeline.run.RunStatus;
import dev.datapipeline.storage.BlobName;
import dev.datapipeline.storage.Blobs;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.jboss.logging.Logger;

/**
 * Gives back the disk space of segments in which no batch has its results any more: those of failed and late attempts, and those that a
 * retry has written anew. Happens when a run ends. The row of the run is locked meanwhile, so that no retry begins to write to a segment
 * that is being removed; a reader who comes too late for one reads the row of its batch again.
 */
@Singleton
class UnusedSegments {
    private static final Logger LOG = Logger.getLogger(UnusedSegments.class);

    private final Transactions transactions;
    private final Blobs blobs;

    UnusedSegments(Transactions transactions, Blobs blobs) {
        this.transactions = transactions;
        this.blobs = blobs;
    }

    void remove(@Observes RunEnded ended) {
        UUID run = ended.run();
        try {
            Instant always = Instant.now().plus(Duration.ofDays(1));
            List<BlobName> segments = blobs.unchangedSince(ResultBlobs.folder(run), always);
            if (!segments.isEmpty()) {
                transactions.run(connection -> removeUnused(connection, run, segments));
            }
        } catch (DatabaseException | IOException | UncheckedIOException failed) {
            LOG.warnf(
                    "what no batch of run %s uses stays on the disk until the run is deleted: %s",
                    run, failed.getMessage());
        }
    }

    /** Returns how many were removed. */
    private int removeUnused(Connection connection, UUID run, List<BlobName> segments) throws SQLException {
        if (!isFinal(connection, run)) {
            return 0;
        }
        Set<BlobName> used = used(connection, run);
        List<BlobName> unused =
                segments.stream().filter(segment -> !used.contains(segment)).toList();
        for (BlobName segment : unused) {
            try {
                blobs.delete(segment);
            } catch (IOException failed) {
                throw new UncheckedIOException(failed);
            }
        }
        return unused.size();
    }

    private static boolean isFinal(Connection connection, UUID run) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement("select status from run where id = ? for update")) {
            select.setObject(1, run);
            try (ResultSet row = select.executeQuery()) {
                return row.next() && RunStatus.valueOf(row.getString(1)).isFinal();
            }
        }
    }

    private static Set<BlobName> used(Connection connection, UUID run) throws SQLException {
        String query = "select distinct segment from batch where run_id = ? and segment is not null";
        try (PreparedStatement select = connection.prepareStatement(query)) {
            select.setObject(1, run);
            Set<BlobName> used = new HashSet<>();
            try (ResultSet row = select.executeQuery()) {
                while (row.next()) {
                    used.add(ResultBlobs.name(run, row.getString(1)));
                }
            }
            return used;
        }
    }
}
