package dev.datapipeline.run;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Opens a final run again, in somebody's transaction: what did not succeed waits, what did is kept. */
final class RetryRows {
    private RetryRows() {}

    /** A run before it is retried. */
    record Before(RunStatus status, long notSucceeded) {
        boolean allowsRetry() {
            return status.isFinal() && notSucceeded > 0;
        }
    }

    /** Takes the lock of the run; empty when there is none. */
    static Optional<Before> lock(Connection connection, UUID run) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement(
                "select status, failed + cancelled from run where id = ? for no key update")) {
            select.setObject(1, run);
            try (ResultSet row = select.executeQuery()) {
                return row.next()
                        ? Optional.of(new Before(RunStatus.valueOf(row.getString(1)), row.getLong(2)))
                        : Optional.empty();
            }
        }
    }

    /**
     * Opens the run, which is locked.
     *
     * @param corrected null keeps the pipeline
     * @param steps of the corrected pipeline as JSON
     */
    static void open(Connection connection, UUID run, @Nullable ChosenPipeline corrected, @Nullable String steps)
            throws SQLException {
        AttemptTable.keepEnded(connection, run);
        queueBatches(connection, run);
        queueRun(connection, run);
        if (corrected != null) {
            replacePipeline(connection, run, corrected, steps);
        }
    }

    /** A batch with results keeps them, and how many failed in them, until the new attempt has won. */
    private static void queueBatches(Connection connection, UUID run) throws SQLException {
        try (PreparedStatement update = connection.prepareStatement("""
                update batch
                   set status = 'QUEUED', failed = case when segment is null then 0 else failed end, cancelled = 0,
                       owner = null, lease_until = null, disturbances = 0, engine_deaths = 0, not_before = null,
                       error_code = null, error_message = null, started_at = null, finished_at = null
                 where run_id = ? and (failed > 0 or cancelled > 0)""")) {
            update.setObject(1, run);
            update.executeUpdate();
        }
    }

    private static void queueRun(Connection connection, UUID run) throws SQLException {
        try (PreparedStatement update = connection.prepareStatement("""
                update run
                   set status = 'QUEUED', status_reason = null, started_at = null, finished_at = null,
                       failed = 0, cancelled = 0, batches_failed = 0, batches_cancelled = 0,
                       batches_succeeded = (select count(*) from batch where run_id = ? and status = 'SUCCEEDED'),
                       done_before = succeeded + skipped, retries = retries + 1, revision = revision + 1
                 where id = ?""")) {
            update.setObject(1, run);
            update.setObject(2, run);
            update.executeUpdate();
        }
    }

    private static void replacePipeline(
            Connection connection, UUID run, ChosenPipeline corrected, @Nullable String steps) throws SQLException {
        try (PreparedStatement update = connection.prepareStatement("""
                update run
                   set pipeline_id = ?, pipeline_version = ?, pipeline_name = ?, pipeline_description = ?, steps = ?::jsonb
                 where id = ?""")) {
            update.setObject(1, corrected.id());
            update.setObject(2, corrected.version());
            update.setString(3, corrected.pipeline().name());
            update.setString(4, corrected.pipeline().description());
            update.setString(5, steps);
            update.setObject(6, run);
            update.executeUpdate();
        }
    }
}
