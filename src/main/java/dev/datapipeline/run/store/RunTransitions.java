package dev.datapipeline.run.store;

import dev.datapipeline.database.StorableText;
import dev.datapipeline.run.BatchStatus;
import dev.datapipeline.run.RunStatus;
import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The counters and the state of runs, changed inside somebody's transaction. A run whose last batch ends becomes final in that very
 * transaction; the table refuses a final run whose records are not all accounted for.
 */
@Singleton
public final class RunTransitions {
    /**
     * Takes the lock that orders everything that changes the run; before any lock on its batches.
     *
     * @return false when there is no such open run
     */
    private static boolean lockOpen(Connection connection, UUID run) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement(
                "select from run where id = ? and status in ('QUEUED', 'RUNNING') for no key update")) {
            select.setObject(1, run);
            try (ResultSet row = select.executeQuery()) {
                return row.next();
            }
        }
    }

    /** The first claim starts the run; later ones find nothing to change. */
    void start(Connection connection, UUID run) throws SQLException {
        try (PreparedStatement update = connection.prepareStatement("""
                update run set status = 'RUNNING', started_at = now(), revision = revision + 1
                 where id = ? and status = 'QUEUED'""")) {
            update.setObject(1, run);
            update.executeUpdate();
        }
    }

    /**
     * Adds the end of one batch, and ends the run if it was the last or too many records have failed. The caller holds the lock.
     *
     * @return whether the run is final now
     */
    boolean add(Connection connection, UUID run, Counts counts) throws SQLException {
        try (PreparedStatement update = connection.prepareStatement("""
                update run
                   set succeeded = succeeded + ?, failed = failed + ?, skipped = skipped + ?, cancelled = cancelled + ?,
                       batches_succeeded = batches_succeeded + ?, batches_failed = batches_failed + ?,
                       batches_cancelled = batches_cancelled + ?, revision = revision + 1
                 where id = ?
                returning batches_succeeded + batches_failed + batches_cancelled = batches, failed > tolerated_failures""")) {
            update.setLong(1, counts.succeeded());
            update.setLong(2, counts.failed());
            update.setLong(3, counts.skipped());
            update.setLong(4, counts.cancelled());
            update.setInt(5, counts.batch() == BatchStatus.SUCCEEDED ? 1 : 0);
            update.setInt(6, counts.batch() == BatchStatus.FAILED ? 1 : 0);
            update.setInt(7, counts.batch() == BatchStatus.CANCELLED ? 1 : 0);
            update.setObject(8, run);
            try (ResultSet row = update.executeQuery()) {
                if (!row.next()) {
                    return false;
                }
                if (row.getBoolean(2)) {
                    return stop(connection, run, RunStatus.FAILED, "More records failed than the run tolerates.");
                }
                if (row.getBoolean(1)) {
                    end(connection, run);
                    return true;
                }
                return false;
            }
        }
    }

    private static void end(Connection connection, UUID run) throws SQLException {
        try (PreparedStatement update = connection.prepareStatement("""
                update run
                   set finished_at = now(),
                       status = case when failed = 0 and cancelled = 0 then 'SUCCEEDED'
                                     when succeeded + skipped = 0 then 'FAILED'
                                     else 'PARTIAL' end,
                       status_reason = case when failed > 0 and succeeded + skipped = 0 then 'Every record failed.' end
                 where id = ? and status in ('QUEUED', 'RUNNING')""")) {
            update.setObject(1, run);
            update.executeUpdate();
        }
    }

    /**
     * Ends an open run before its time: what has finished is kept, a batch that was to run again goes back to the results it had, the rest
     * is cancelled. Takes the lock itself.
     *
     * @param status {@link RunStatus#CANCELLED} or {@link RunStatus#FAILED}
     * @return false when there is no such open run
     */
    public boolean stop(Connection connection, UUID run, RunStatus status, @Nullable String reason)
            throws SQLException {
        if (!lockOpen(connection, run)) {
            return false;
        }
        AttemptRepository.keepStopped(connection, run);
        try (PreparedStatement batches = connection.prepareStatement("""
                        update batch
                           set status = case when segment is null then 'CANCELLED' else 'SUCCEEDED' end,
                               cancelled = case when segment is null then records else 0 end,
                               retry_records = 0, retry_causes = null, lease_until = null, finished_at = now()
                         where run_id = ? and status in ('QUEUED', 'RUNNING')""");
                PreparedStatement transitions = connection.prepareStatement("""
                        update run r
                           set status = ?, status_reason = ?, finished_at = now(), started_at = coalesce(started_at, now()),
                               done_before = done_before + b.failed - r.failed,
                               failed = b.failed, cancelled = b.cancelled, batches_succeeded = b.batches_succeeded,
                               batches_cancelled = b.batches_cancelled, revision = revision + 1
                          from (select sum(failed) as failed, sum(cancelled) as cancelled,
                                       count(*) filter (where status = 'SUCCEEDED') as batches_succeeded,
                                       count(*) filter (where status = 'CANCELLED') as batches_cancelled
                                  from batch where run_id = ?) b
                         where id = ?""")) {
            batches.setObject(1, run);
            batches.executeUpdate();
            transitions.setString(1, status.name());
            transitions.setString(2, StorableText.of(reason));
            transitions.setObject(3, run);
            transitions.setObject(4, run);
            return transitions.executeUpdate() > 0;
        }
    }
}
