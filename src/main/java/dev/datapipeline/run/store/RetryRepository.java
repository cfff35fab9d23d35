package dev.datapipeline.run.store;

import dev.datapipeline.database.StorableText;
import dev.datapipeline.run.ChosenPipeline;
import dev.datapipeline.run.RunStatus;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Opens a final run again, in somebody's transaction: what did not succeed waits, what did is kept. */
public final class RetryRepository {
    /** The batches of a final run that are retried. */
    static final String RETRIED = """
            (case when ?::text is null then failed > 0 or cancelled > 0
                  else status in ('SUCCEEDED', 'FAILED')
                       and exists (select from batch_failure f
                                    where (f.run_id, f.batch) = (batch.run_id, batch.number) and f.cause = ?) end)""";

    private RetryRepository() {}

    /** A run before it is retried. */
    public record State(RunStatus status, long notSucceeded) {
        public boolean allowsRetry() {
            return status.isFinal() && notSucceeded > 0;
        }
    }

    /** Takes the lock of the run; empty when there is none. */
    public static Optional<State> lock(Connection connection, UUID run) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement(
                "select status, failed + cancelled from run where id = ? for no key update")) {
            select.setObject(1, run);
            try (ResultSet row = select.executeQuery()) {
                return row.next()
                        ? Optional.of(new State(RunStatus.valueOf(row.getString(1)), row.getLong(2)))
                        : Optional.empty();
            }
        }
    }

    /**
     * Opens the run, which is locked.
     *
     * @param cause id of the only cause whose records run again; null for all that did not succeed
     * @param corrected null keeps the pipeline
     * @param steps of the corrected pipeline as JSON
     * @return how many batches run again; with none the run must not stay open
     */
    public static int open(
            Connection connection,
            UUID run,
            @Nullable String cause,
            @Nullable ChosenPipeline corrected,
            @Nullable String steps)
            throws SQLException {
        AttemptRepository.keepEnded(connection, run, cause);
        int batches = queueBatches(connection, run, cause);
        chooseRecords(connection, run);
        queueRun(connection, run);
        if (corrected != null) {
            replacePipeline(connection, run, corrected, steps);
        }
        return batches;
    }

    /** Whether the open run has more failures that stay than it tolerates: the end of its first batch would stop it. */
    public static boolean keepsTooManyFailures(Connection connection, UUID run) throws SQLException {
        try (PreparedStatement select =
                connection.prepareStatement("select from run where id = ? and failed > tolerated_failures")) {
            select.setObject(1, run);
            try (ResultSet row = select.executeQuery()) {
                return row.next();
            }
        }
    }

    /** For {@link #RETRIED}. */
    static void bindCause(PreparedStatement statement, int from, @Nullable String cause) throws SQLException {
        String storable = StorableText.of(cause);
        statement.setString(from, storable);
        statement.setString(from + 1, storable);
    }

    /**
     * A batch with results keeps them, and how many failed in them, until the new attempt has won. One that broke in a retry of some causes
     * runs those again, too: once there are new results, nothing tells any more that these broke.
     */
    private static int queueBatches(Connection connection, UUID run, @Nullable String cause) throws SQLException {
        try (PreparedStatement update = connection.prepareStatement("""
                update batch
                   set status = 'QUEUED', failed = case when segment is null then 0 else failed end, cancelled = 0,
                       retry_causes = case when ?::text is null or segment is null then null
                                           when status <> 'FAILED' then array[?::text]
                                           when retry_causes is not null then retry_causes || ?::text end,
                       owner = null, lease_until = null, disturbances = 0, engine_deaths = 0, not_before = null,
                       error_code = null, error_message = null, started_at = null, finished_at = null
                 where run_id = ? and """ + RETRIED)) {
            String storable = StorableText.of(cause);
            update.setString(1, storable);
            update.setString(2, storable);
            update.setString(3, storable);
            update.setObject(4, run);
            bindCause(update, 5, cause);
            return update.executeUpdate();
        }
    }

    private static void chooseRecords(Connection connection, UUID run) throws SQLException {
        try (PreparedStatement update = connection.prepareStatement("""
                update batch b
                   set retry_records = case when retry_causes is null then failed
                                            else (select coalesce(sum(f.records), 0) from batch_failure f
                                                   where (f.run_id, f.batch) = (b.run_id, b.number)
                                                     and f.cause = any (b.retry_causes)) end
                 where run_id = ? and status = 'QUEUED'""")) {
            update.setObject(1, run);
            update.executeUpdate();
        }
    }

    private static void queueRun(Connection connection, UUID run) throws SQLException {
        try (PreparedStatement update = connection.prepareStatement("""
                update run r
                   set status = 'QUEUED', status_reason = null, started_at = null, finished_at = null,
                       failed = b.failed, cancelled = b.cancelled, batches_failed = b.batches_failed,
                       batches_cancelled = b.batches_cancelled, batches_succeeded = b.batches_succeeded,
                       done_before = r.succeeded + r.skipped + b.failed, retries = retries + 1, revision = revision + 1
                  from (select sum(case when status = 'QUEUED' then failed - retry_records else failed end) as failed,
                               sum(cancelled) as cancelled,
                               count(*) filter (where status = 'SUCCEEDED') as batches_succeeded,
                               count(*) filter (where status = 'FAILED') as batches_failed,
                               count(*) filter (where status = 'CANCELLED') as batches_cancelled
                          from batch where run_id = ?) b
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
