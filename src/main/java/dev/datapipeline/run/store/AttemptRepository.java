package dev.datapipeline.run.store;

import dev.datapipeline.database.Transactions;
import dev.datapipeline.run.AttemptOutcome;
import dev.datapipeline.run.BatchId;
import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * The attempts at a batch. One that is over while its batch goes on has a row of its own; of the newest the batch itself tells, so that
 * a batch that succeeds at once costs nothing here.
 */
@Singleton
public class AttemptRepository {
    private final Transactions transactions;

    AttemptRepository(Transactions transactions) {
        this.transactions = transactions;
    }

    @Schema(name = "Attempts")
    public record AttemptsResponse(@Schema(required = true) List<AttemptResponse> items) {}

    /** The counters are those of the batch at the end of the attempt, 0 where it ended without results. */
    @Schema(name = "Attempt")
    record AttemptResponse(
            @Schema(required = true) int attempt,
            @Schema(required = true) AttemptOutcome outcome,
            @Nullable String reason,
            @Nullable Instant startedAt,
            @Nullable Instant finishedAt,
            @Schema(required = true) int succeeded,
            @Schema(required = true) int failed,
            @Schema(required = true) int skipped) {}

    /** The newest thousand, oldest first: a run may be retried any number of times. */
    public AttemptsResponse of(UUID run, int batch) {
        return transactions.run(connection -> {
            try (PreparedStatement select = connection.prepareStatement("""
                    select * from (
                    select attempt, outcome, reason, started_at, finished_at, succeeded, failed, skipped
                      from batch_attempt where run_id = ? and batch = ?
                    union all
                    select attempt, status, error_code || ': ' || error_message, started_at, finished_at,
                           case status when 'RUNNING' then 0 else succeeded end, case status when 'RUNNING' then 0 else failed end,
                           case status when 'RUNNING' then 0 else skipped end
                      from batch b
                     where run_id = ? and number = ? and status <> 'QUEUED' and attempt > 0
                       and not exists (select from batch_attempt a where (a.run_id, a.batch, a.attempt) = (b.run_id, b.number, b.attempt))
                     order by attempt desc limit 1000) newest
                     order by attempt""")) {
                select.setObject(1, run);
                select.setInt(2, batch);
                select.setObject(3, run);
                select.setInt(4, batch);
                List<AttemptResponse> attempts = new ArrayList<>();
                try (ResultSet row = select.executeQuery()) {
                    while (row.next()) {
                        attempts.add(attempt(row));
                    }
                }
                return new AttemptsResponse(attempts);
            }
        });
    }

    /** Keeps the attempt whose lease was over and whose batch was claimed again without a rescue. */
    static void keepLost(Connection connection, BatchId id, int attempt) throws SQLException {
        try (PreparedStatement insert = connection.prepareStatement("""
                insert into batch_attempt (run_id, batch, attempt, outcome) values (?, ?, ?, 'LEASE_EXPIRED')
                on conflict do nothing""")) {
            insert.setObject(1, id.run());
            insert.setInt(2, id.number());
            insert.setInt(3, attempt);
            insert.executeUpdate();
        }
    }

    /** Keeps the attempts under way whose batches go back to the results they had. The caller holds the lock of the run. */
    static void keepStopped(Connection connection, UUID run) throws SQLException {
        try (PreparedStatement insert = connection.prepareStatement("""
                with stopped as (
                    select run_id, number, attempt, started_at from batch
                     where run_id = ? and status = 'RUNNING' and segment is not null for update)
                insert into batch_attempt (run_id, batch, attempt, outcome, started_at)
                select run_id, number, attempt, 'CANCELLED', started_at from stopped
                on conflict do nothing""")) {
            insert.setObject(1, run);
            insert.executeUpdate();
        }
    }

    /**
     * Keeps the last attempts at batches that are to run again. The caller holds the lock of the run.
     *
     * @param cause id of the only cause that is retried; null for all
     */
    static void keepEnded(Connection connection, UUID run, @Nullable String cause) throws SQLException {
        try (PreparedStatement insert =
                connection.prepareStatement("""
                insert into batch_attempt (run_id, batch, attempt, outcome, reason, succeeded, failed, skipped, started_at, finished_at)
                select run_id, number, attempt, status, error_code || ': ' || error_message, succeeded, failed, skipped,
                       started_at, coalesce(finished_at, now())
                  from batch where run_id = ? and attempt > 0 and """ + RetryRepository.RETRIED + " on conflict do nothing")) {
            insert.setObject(1, run);
            RetryRepository.bindCause(insert, 2, cause);
            insert.executeUpdate();
        }
    }

    private static AttemptResponse attempt(ResultSet row) throws SQLException {
        return new AttemptResponse(
                row.getInt(1),
                AttemptOutcome.valueOf(row.getString(2)),
                row.getString(3),
                BatchQueries.instant(row, "started_at"),
                BatchQueries.instant(row, "finished_at"),
                row.getInt(6),
                row.getInt(7),
                row.getInt(8));
    }
}
