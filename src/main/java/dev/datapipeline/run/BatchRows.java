package dev.datapipeline.run;

import dev.datapipeline.run.BatchOutcome.Broken;
import dev.datapipeline.run.BatchOutcome.Finished;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Types;
import java.util.List;

/** Writes the end of an attempt into the tables of batches and their failures. */
final class BatchRows {
    private BatchRows() {}

    /** Returns false when the claim no longer holds; nothing was changed then. */
    static boolean end(Connection connection, BatchClaim claim, String owner, BatchOutcome outcome)
            throws SQLException {
        return switch (outcome) {
            case Finished finished -> finish(connection, claim, owner, finished);
            case Broken broken -> fail(connection, claim, owner, broken);
        };
    }

    static Counts counts(BatchClaim claim, BatchOutcome outcome) {
        return switch (outcome) {
            case Finished finished ->
                new Counts(
                        BatchStatus.SUCCEEDED,
                        finished.summary().succeeded(),
                        finished.summary().failed(),
                        finished.summary().skipped(),
                        0);
            case Broken broken -> new Counts(BatchStatus.FAILED, 0, claim.records(), 0, 0);
        };
    }

    private static boolean finish(Connection connection, BatchClaim claim, String owner, Finished finished)
            throws SQLException {
        try (PreparedStatement update = connection.prepareStatement("""
                update batch
                   set status = 'SUCCEEDED', succeeded = ?, failed = ?, skipped = ?, segment = ?, segment_offset = ?,
                       results_length = ?, log_length = ?, lease_until = null, finished_at = now()
                 where run_id = ? and number = ? and attempt = ? and owner = ? and status = 'RUNNING'""")) {
            update.setInt(1, finished.summary().succeeded());
            update.setInt(2, finished.summary().failed());
            update.setInt(3, finished.summary().skipped());
            update.setString(4, finished.location().segment());
            update.setLong(5, finished.location().offset());
            update.setLong(6, finished.location().resultsLength());
            update.setLong(7, finished.location().logLength());
            bindClaim(update, 8, claim, owner);
            if (update.executeUpdate() == 0) {
                return false;
            }
        }
        addCauses(connection, claim.id(), finished.causes());
        return true;
    }

    private static boolean fail(Connection connection, BatchClaim claim, String owner, Broken broken)
            throws SQLException {
        try (PreparedStatement update = connection.prepareStatement("""
                update batch
                   set status = 'FAILED', failed = records, error_code = ?, error_message = ?, lease_until = null, finished_at = now()
                 where run_id = ? and number = ? and attempt = ? and owner = ? and status = 'RUNNING'""")) {
            update.setString(1, broken.code());
            update.setString(2, StorableText.of(broken.message()));
            bindClaim(update, 3, claim, owner);
            if (update.executeUpdate() == 0) {
                return false;
            }
        }
        addCauses(connection, claim.id(), List.of(cause(claim, broken)));
        return true;
    }

    private static FailureCause cause(BatchClaim claim, Broken broken) {
        return new FailureCause(
                null, null, broken.code(), broken.message(), null, null, claim.records(), List.of(claim.firstRecord()));
    }

    private static void bindClaim(PreparedStatement statement, int from, BatchClaim claim, String owner)
            throws SQLException {
        statement.setObject(from, claim.id().run());
        statement.setInt(from + 1, claim.id().number());
        statement.setInt(from + 2, claim.attempt());
        statement.setString(from + 3, owner);
    }

    private static void addCauses(Connection connection, BatchId id, Iterable<FailureCause> causes)
            throws SQLException {
        try (PreparedStatement insert = connection.prepareStatement("""
                insert into batch_failure (run_id, batch, step, stage, type, message, script, line, records, examples)
                values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)""")) {
            boolean any = false;
            for (FailureCause cause : causes) {
                insert.setObject(1, id.run());
                insert.setInt(2, id.number());
                insert.setString(3, StorableText.of(cause.step()));
                insert.setString(4, StorableText.of(cause.stage()));
                insert.setString(5, StorableText.of(cause.type()));
                insert.setString(6, StorableText.of(cause.message()));
                insert.setString(7, StorableText.of(cause.script()));
                insert.setObject(8, cause.line(), Types.INTEGER);
                insert.setInt(9, cause.records());
                insert.setArray(
                        10, connection.createArrayOf("bigint", cause.examples().toArray()));
                insert.addBatch();
                any = true;
            }
            if (any) {
                insert.executeBatch();
            }
        }
    }
}
