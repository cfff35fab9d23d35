package dev.datapipeline.run.store;

import static dev.datapipeline.run.store.Statements.sql;

import dev.datapipeline.database.Sql;
import dev.datapipeline.database.StorableText;
import dev.datapipeline.database.Transaction;
import dev.datapipeline.run.BatchStatus;
import dev.datapipeline.run.RunStatus;
import jakarta.inject.Singleton;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Changes the counters and the status of runs, inside the transaction of the caller. The transaction that ends the last batch also ends the
 * run; the table rejects a final run whose counters do not add up to its records.
 */
@Singleton
public final class RunTransitions {
    private static final Sql LOCK_OPEN = sql("select from run where id = :run and status in {OPEN} for no key update");

    private static final Sql START = sql("""
            update run
               set status = {RUNNING}, started_at = coalesce(started_at, now()),
                   resumed_at = case when paused_at is not null then now() end,
                   paused_seconds = paused_seconds
                       + case when paused_at > started_at then date_part('epoch', now() - paused_at) else 0 end,
                   revision = revision + 1
             where id = :run and status = {QUEUED}""");

    private static final Sql ADD = sql("""
            update run
               set succeeded = succeeded + :succeeded, failed = failed + :failed, skipped = skipped + :skipped,
                   cancelled = cancelled + :cancelled, batches_succeeded = batches_succeeded + :batchesSucceeded,
                   batches_failed = batches_failed + :batchesFailed, batches_cancelled = batches_cancelled + :batchesCancelled,
                   revision = revision + 1
             where id = :run
            returning batches_succeeded + batches_failed + batches_cancelled = batches as is_complete,
                      failed > tolerated_failures as has_failed""");

    private static final Sql END = sql("""
            update run
               set finished_at = now(), waits_for = null,
                   status = case when failed = 0 and cancelled = 0 then {SUCCEEDED}
                                 when succeeded + skipped = 0 then {FAILED}
                                 else {PARTIAL} end,
                   status_reason = case when failed > 0 and succeeded + skipped = 0 then 'Every record failed.' end
             where id = :run and status in {OPEN}""");

    private static final Sql STOP_BATCHES = sql("""
            update batch
               set status = case when segment is null then {CANCELLED} else {SUCCEEDED} end,
                   cancelled = case when segment is null then records else 0 end,
                   retry_records = 0, retry_causes = null, lease_until = null, finished_at = now()
             where run_id = :run and status in {OPEN}""");

    private static final Sql STOP_RUN = sql("""
            update run r
               set status = :status, status_reason = :reason, waits_for = null, finished_at = now(), started_at = coalesce(started_at, now()),
                   paused_seconds = paused_seconds
                       + case when paused_at > started_at and resumed_at is null then date_part('epoch', now() - paused_at) else 0 end,
                   done_before = done_before + b.failed - r.failed,
                   failed = b.failed, cancelled = b.cancelled, batches_succeeded = b.batches_succeeded,
                   batches_cancelled = b.batches_cancelled, revision = revision + 1
              from (select sum(failed) as failed, sum(cancelled) as cancelled,
                           count(*) filter (where status = {SUCCEEDED}) as batches_succeeded,
                           count(*) filter (where status = {CANCELLED}) as batches_cancelled
                      from batch where run_id = :run) b
             where id = :run""");

    /** The end of one batch: whether all batches have ended, and whether more records have failed than the run tolerates. */
    private record Progress(boolean isComplete, boolean hasFailed) {}

    /** The first claim starts the run; later ones change nothing. */
    public void start(Transaction transaction, UUID run) {
        transaction.query(START).set("run", run).update();
    }

    /**
     * Adds the end of one batch, and ends the run if it was the last or too many records have failed. The caller has locked the run.
     *
     * @return whether the run is final now
     */
    public boolean add(Transaction transaction, UUID run, Counts counts) {
        Progress progress = transaction
                .query(ADD)
                .set("run", run)
                .set("succeeded", counts.succeeded())
                .set("failed", counts.failed())
                .set("skipped", counts.skipped())
                .set("cancelled", counts.cancelled())
                .set("batchesSucceeded", counts.batch() == BatchStatus.SUCCEEDED ? 1 : 0)
                .set("batchesFailed", counts.batch() == BatchStatus.FAILED ? 1 : 0)
                .set("batchesCancelled", counts.batch() == BatchStatus.CANCELLED ? 1 : 0)
                .first(row -> new Progress(row.isTrue("is_complete"), row.isTrue("has_failed")))
                .orElse(new Progress(false, false));
        if (progress.hasFailed()) {
            return stop(transaction, run, RunStatus.FAILED, "More records failed than the run tolerates.");
        }
        if (progress.isComplete()) {
            end(transaction, run);
        }
        return progress.isComplete();
    }

    private static void end(Transaction transaction, UUID run) {
        transaction.query(END).set("run", run).update();
    }

    /**
     * Ends an open run early. Finished batches keep their results, a batch that was to be retried goes back to its earlier results, all
     * others are cancelled. Locks the run before its batches, as everything does that changes both.
     *
     * @param status {@link RunStatus#CANCELLED} or {@link RunStatus#FAILED}
     * @return false when there is no such open run
     */
    public boolean stop(Transaction transaction, UUID run, RunStatus status, @Nullable String reason) {
        if (!transaction.query(LOCK_OPEN).set("run", run).exists()) {
            return false;
        }
        AttemptRepository.keepStopped(transaction, run);
        transaction.query(STOP_BATCHES).set("run", run).update();
        int updated = transaction
                .query(STOP_RUN)
                .set("run", run)
                .set("status", status)
                .set("reason", StorableText.of(reason))
                .update();
        return updated > 0;
    }
}
