package dev.datapipeline.run.store;

import static dev.datapipeline.run.store.Statements.sql;

import dev.datapipeline.database.Row;
import dev.datapipeline.database.Sql;
import dev.datapipeline.database.StorableText;
import dev.datapipeline.database.Transaction;
import dev.datapipeline.database.Transactions;
import dev.datapipeline.run.AttemptOutcome;
import dev.datapipeline.run.BatchId;
import dev.datapipeline.run.RunRef;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * The attempts at a batch. The newest attempt is part of the row of its batch; it gets a row of its own when another attempt follows, so
 * that a batch that succeeds at once needs none.
 */
@Singleton
public class AttemptRepository {
    private static final Sql NEWEST = sql("""
            select * from (
            select attempt, outcome, reason, started_at, finished_at, succeeded, failed, skipped
              from batch_attempt where run_id = :run and batch = :batch
            union all
            select attempt, status, error_code || ': ' || error_message, started_at, finished_at,
                   case status when {RUNNING} then 0 else succeeded end, case status when {RUNNING} then 0 else failed end,
                   case status when {RUNNING} then 0 else skipped end
              from batch b
             where run_id = :run and number = :batch and status <> {QUEUED} and attempt > 0
               and not exists (select from batch_attempt a where (a.run_id, a.batch, a.attempt) = (b.run_id, b.number, b.attempt))
             order by attempt desc limit 1000) newest
             order by attempt""");

    private static final Sql KEEP_LOST = sql("""
            insert into batch_attempt (run_id, batch, attempt, outcome) values (:run, :batch, :attempt, {LEASE_EXPIRED})
            on conflict do nothing""");

    private static final Sql KEEP_STOPPED = sql("""
            with stopped as (
                select run_id, number, attempt, started_at from batch
                 where run_id = :run and status = {RUNNING} and segment is not null for update)
            insert into batch_attempt (run_id, batch, attempt, outcome, started_at)
            select run_id, number, attempt, {CANCELLED}, started_at from stopped
            on conflict do nothing""");

    private static final Sql KEEP_RELEASED = sql("""
            with released as (
                select run_id, number, attempt, started_at from batch
                 where run_id = :run and status = {RUNNING} for update)
            insert into batch_attempt (run_id, batch, attempt, outcome, reason, started_at)
            select run_id, number, attempt, {RELEASED}, :reason, started_at from released
            on conflict do nothing""");

    private static final Sql KEEP_ENDED = sql("""
            insert into batch_attempt (run_id, batch, attempt, outcome, reason, succeeded, failed, skipped, started_at, finished_at)
            select run_id, number, attempt, status, error_code || ': ' || error_message, succeeded, failed, skipped,
                   started_at, coalesce(finished_at, now())
              from batch where run_id = :run and attempt > 0 and """ + RetryRepository.RETRIED + " on conflict do nothing");

    private final Transactions transactions;

    AttemptRepository(Transactions transactions) {
        this.transactions = transactions;
    }

    @Schema(name = "Attempts")
    public record AttemptsResponse(List<AttemptResponse> items) {}

    /** The counters are those of the batch at the end of the attempt, 0 where it ended without results. */
    @Schema(name = "Attempt")
    record AttemptResponse(
            int attempt,
            AttemptOutcome outcome,
            @Nullable String reason,
            @Nullable Instant startedAt,
            @Nullable Instant finishedAt,
            int succeeded,
            int failed,
            int skipped) {}

    /** The newest thousand, oldest first: a run may be retried any number of times. */
    public AttemptsResponse of(RunRef run, int batch) {
        return new AttemptsResponse(transactions.run(transaction -> transaction
                .query(NEWEST)
                .set("run", run.id())
                .set("batch", batch)
                .list(AttemptRepository::attempt)));
    }

    /** Keeps an attempt whose lease had expired when its batch was claimed again. */
    public static void keepLost(Transaction transaction, BatchId id, int attempt) {
        transaction
                .query(KEEP_LOST)
                .set("run", id.run())
                .set("batch", id.number())
                .set("attempt", attempt)
                .update();
    }

    /** Keeps the running attempts at batches that go back to their earlier results. The caller has locked the run. */
    static void keepStopped(Transaction transaction, UUID run) {
        transaction.query(KEEP_STOPPED).set("run", run).update();
    }

    /** Keeps the running attempts at batches that go back to the queue. The caller has locked the run. */
    static void keepReleased(Transaction transaction, UUID run, String reason) {
        transaction
                .query(KEEP_RELEASED)
                .set("run", run)
                .set("reason", StorableText.of(reason))
                .update();
    }

    /**
     * Keeps the last attempts at batches that are to run again. The caller has locked the run.
     *
     * @param cause id of the only cause that is retried; null for all
     */
    static void keepEnded(Transaction transaction, UUID run, @Nullable String cause) {
        transaction.query(KEEP_ENDED).set("run", run).set("cause", cause).update();
    }

    private static AttemptResponse attempt(Row row) {
        return new AttemptResponse(
                row.integer("attempt"),
                row.constant(AttemptOutcome.class, "outcome"),
                row.optionalText("reason"),
                row.optionalInstant("started_at"),
                row.optionalInstant("finished_at"),
                row.integer("succeeded"),
                row.integer("failed"),
                row.integer("skipped"));
    }
}
