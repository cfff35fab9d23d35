package dev.datapipeline.run.store;

import dev.datapipeline.database.StorableText;
import dev.datapipeline.result.FailureCause;
import dev.datapipeline.result.FailureCauseId;
import dev.datapipeline.result.RetriedCauses;
import dev.datapipeline.run.BatchId;
import dev.datapipeline.run.BatchStatus;
import dev.datapipeline.run.store.BatchOutcome.Broken;
import dev.datapipeline.run.store.BatchOutcome.Finished;
import dev.datapipeline.sandbox.engine.BatchSummary;
import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Writes the end of an attempt into the tables of batches and their failures. */
final class BatchCompletion {
    /** Takes the lock of the run before that of the batch, as {@link RunTransitions#stop} does, without a way to the server of its own. */
    private static final String LOCKING_THE_RUN =
            "with locked as materialized (select id from run where id = ? for no key update) ";

    private static final String RETRIED_CAUSES = "run_id = ? and batch = ? and (?::text[] is null or cause = any (?))";

    private BatchCompletion() {}

    /** What the end adds to the counters of the run; empty when the claim no longer holds, and nothing was changed then. */
    static Optional<Counts> end(Connection connection, BatchClaim claim, String owner, BatchOutcome outcome)
            throws SQLException {
        return switch (outcome) {
            case Finished finished -> finish(connection, claim, owner, finished);
            case Broken broken -> fail(connection, claim, owner, broken);
        };
    }

    private static Optional<Counts> finish(Connection connection, BatchClaim claim, String owner, Finished finished)
            throws SQLException {
        BatchSummary summary = finished.summary();
        try (PreparedStatement update = connection.prepareStatement(LOCKING_THE_RUN + """
                update batch
                   set status = 'SUCCEEDED', succeeded = succeeded + ?, failed = failed - retry_records + ?,
                       skipped = skipped + ?, retry_records = 0, retry_causes = null, segment = ?, segment_offset = ?,
                       results_length = ?, log_length = ?, lease_until = null, finished_at = now()
                  from locked
                 where run_id = locked.id and number = ? and attempt = ? and owner = ? and status = 'RUNNING'""")) {
            update.setObject(1, claim.id().run());
            update.setInt(2, summary.succeeded());
            update.setInt(3, summary.failed());
            update.setInt(4, summary.skipped());
            update.setString(5, finished.location().segment());
            update.setLong(6, finished.location().offset());
            update.setLong(7, finished.location().resultsLength());
            update.setLong(8, finished.location().logLength());
            bindAttempt(update, 9, claim, owner);
            if (update.executeUpdate() == 0) {
                return Optional.empty();
            }
        }
        replaceCauses(connection, claim, RetriedCauses.ALL, finished.causes());
        return Optional.of(
                new Counts(BatchStatus.SUCCEEDED, summary.succeeded(), summary.failed(), summary.skipped(), 0));
    }

    private static Optional<Counts> fail(Connection connection, BatchClaim claim, String owner, Broken broken)
            throws SQLException {
        int failed;
        try (PreparedStatement update = connection.prepareStatement(LOCKING_THE_RUN + """
                update batch
                   set status = 'FAILED', failed = records - succeeded - skipped, error_code = ?, error_message = ?,
                       retry_causes = case when retry_causes is not null then retry_causes || ?::text end,
                       lease_until = null, finished_at = now()
                  from locked
                 where run_id = locked.id and number = ? and attempt = ? and owner = ? and status = 'RUNNING'
                returning case when segment is null then failed else retry_records end""")) {
            update.setObject(1, claim.id().run());
            update.setString(2, broken.code());
            update.setString(3, StorableText.of(broken.message()));
            update.setString(4, broken.cause().id());
            bindAttempt(update, 5, claim, owner);
            try (ResultSet row = update.executeQuery()) {
                if (!row.next()) {
                    return Optional.empty();
                }
                failed = row.getInt(1);
            }
        }
        long first = claim.previous() == null ? claim.firstRecord() : firstFailed(connection, claim);
        FailureCause cause = new FailureCause(broken.cause(), failed, List.of(first));
        replaceCauses(connection, claim, claim.retried(), List.of(cause));
        return Optional.of(new Counts(BatchStatus.FAILED, 0, failed, 0, 0));
    }

    /** The first record that ran again. */
    private static long firstFailed(Connection connection, BatchClaim claim) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement(
                "select coalesce(min(examples[1]), ?) from batch_failure where " + RETRIED_CAUSES)) {
            select.setLong(1, claim.firstRecord());
            bindCauses(select, 2, claim, claim.retried());
            try (ResultSet row = select.executeQuery()) {
                row.next();
                return row.getLong(1);
            }
        }
    }

    private static void bindAttempt(PreparedStatement statement, int from, BatchClaim claim, String owner)
            throws SQLException {
        statement.setInt(from, claim.id().number());
        statement.setInt(from + 1, claim.attempt());
        statement.setString(from + 2, owner);
    }

    private static void replaceCauses(
            Connection connection, BatchClaim claim, RetriedCauses replaced, List<FailureCause> causes)
            throws SQLException {
        if (claim.attempt() > 1) {
            try (PreparedStatement delete =
                    connection.prepareStatement("delete from batch_failure where " + RETRIED_CAUSES)) {
                bindCauses(delete, 1, claim, replaced);
                delete.executeUpdate();
            }
        }
        addCauses(connection, claim.id(), causes);
    }

    private static void bindCauses(PreparedStatement statement, int from, BatchClaim claim, RetriedCauses causes)
            throws SQLException {
        Set<String> ids = causes.ids();
        Array array = ids == null ? null : statement.getConnection().createArrayOf("text", ids.toArray());
        statement.setObject(from, claim.id().run());
        statement.setInt(from + 1, claim.id().number());
        statement.setArray(from + 2, array);
        statement.setArray(from + 3, array);
    }

    private static void addCauses(Connection connection, BatchId id, Iterable<FailureCause> causes)
            throws SQLException {
        try (PreparedStatement insert = connection.prepareStatement("""
                insert into batch_failure (run_id, batch, cause, step, stage, type, message, script, line, records, examples)
                values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)""")) {
            boolean any = false;
            for (FailureCause cause : causes) {
                insert.setObject(1, id.run());
                insert.setInt(2, id.number());
                FailureCauseId key = cause.key();
                insert.setString(3, key.id());
                insert.setString(4, key.step());
                insert.setString(5, key.stage());
                insert.setString(6, key.type());
                insert.setString(7, key.message());
                insert.setString(8, key.script());
                insert.setObject(9, key.line(), Types.INTEGER);
                insert.setInt(10, cause.records());
                insert.setArray(
                        11, connection.createArrayOf("bigint", cause.examples().toArray()));
                insert.addBatch();
                any = true;
            }
            if (any) {
                insert.executeBatch();
            }
        }
    }
}
