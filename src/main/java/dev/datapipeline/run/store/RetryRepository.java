package dev.datapipeline.run.store;

import static dev.datapipeline.run.store.Statements.sql;

import dev.datapipeline.database.Sql;
import dev.datapipeline.database.StorableText;
import dev.datapipeline.database.Transaction;
import dev.datapipeline.pipeline.ResolvedPipeline;
import dev.datapipeline.run.RunStatus;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Opens a final run again, inside the transaction of the caller: records that did not succeed are queued, the results of others are kept. */
public final class RetryRepository {
    /** The batches of a final run that are retried. */
    static final String RETRIED = """
            (case when :cause::text is null then failed > 0 or cancelled > 0
                  else status in ({SUCCEEDED}, {FAILED})
                       and exists (select from batch_failure f
                                    where (f.run_id, f.batch) = (batch.run_id, batch.number) and f.cause = :cause) end)""";

    private static final Sql LOCK =
            sql("select status, failed + cancelled as not_succeeded from run where id = :run for no key update");

    private static final Sql KEEPS_TOO_MANY_FAILURES =
            sql("select from run where id = :run and failed > tolerated_failures");

    private static final Sql QUEUE_BATCHES = sql("""
            update batch
               set status = {QUEUED}, failed = case when segment is null then 0 else failed end, cancelled = 0,
                   retry_causes = case when :cause::text is null or segment is null then null
                                       when status <> {FAILED} then array[:cause::text]
                                       when retry_causes is not null then retry_causes || :cause::text end,
                   owner = null, lease_until = null, infrastructure_failures = 0, engine_deaths = 0, not_before = null,
                   error_code = null, error_message = null, started_at = null, finished_at = null
             where run_id = :run and """ + RETRIED);

    private static final Sql COUNT_RETRIED_RECORDS = sql("""
            update batch b
               set retry_records = case when retry_causes is null then failed
                                        else (select coalesce(sum(f.records), 0) from batch_failure f
                                               where (f.run_id, f.batch) = (b.run_id, b.number)
                                                 and f.cause = any (b.retry_causes)) end
             where run_id = :run and status = {QUEUED}""");

    private static final Sql QUEUE_RUN = sql("""
            update run r
               set status = {QUEUED}, status_reason = null, started_at = null, finished_at = null, paused_at = null,
                   resumed_at = null, paused_seconds = 0, retried_at = now(), retry_cause = :cause,
                   failed = b.failed, cancelled = b.cancelled, batches_failed = b.batches_failed,
                   batches_cancelled = b.batches_cancelled, batches_succeeded = b.batches_succeeded,
                   done_before = r.succeeded + r.skipped + b.failed, retries = retries + 1, revision = revision + 1
              from (select sum(case when status = {QUEUED} then failed - retry_records else failed end) as failed,
                           sum(cancelled) as cancelled,
                           count(*) filter (where status = {SUCCEEDED}) as batches_succeeded,
                           count(*) filter (where status = {FAILED}) as batches_failed,
                           count(*) filter (where status = {CANCELLED}) as batches_cancelled
                      from batch where run_id = :run) b
             where id = :run""");

    private static final Sql REPLACE_PIPELINE = sql("""
            update run
               set pipeline_id = :pipeline, pipeline_version = :version, pipeline_name = :name,
                   pipeline_description = :description, steps = :steps::jsonb
             where id = :run""");

    private static final Sql REPLACE_MODELS = sql("update run set llm = :models::jsonb where id = :run");

    private RetryRepository() {}

    /** A run before it is retried. */
    public record State(RunStatus status, long notSucceeded) {
        public boolean allowsRetry() {
            return status.isFinal() && notSucceeded > 0;
        }
    }

    /** Locks the run; empty when there is none. */
    public static Optional<State> lock(Transaction transaction, UUID run) {
        return transaction
                .query(LOCK)
                .set("run", run)
                .first(row -> new State(row.constant(RunStatus.class, "status"), row.number("not_succeeded")));
    }

    /**
     * Opens the run, which the caller has locked.
     *
     * @param cause id of the only cause whose records run again; null for all that did not succeed
     * @param corrected null keeps the pipeline
     * @param steps of the corrected pipeline as JSON
     * @return how many batches run again; when it is 0 the caller has to roll back
     */
    public static int open(
            Transaction transaction,
            UUID run,
            @Nullable String cause,
            @Nullable ResolvedPipeline corrected,
            @Nullable String steps) {
        String storableCause = StorableText.of(cause);
        AttemptRepository.keepEnded(transaction, run, storableCause);
        int batches = queueBatches(transaction, run, storableCause);
        transaction.query(COUNT_RETRIED_RECORDS).set("run", run).update();
        transaction.query(QUEUE_RUN).set("run", run).set("cause", storableCause).update();
        if (corrected != null) {
            replacePipeline(transaction, run, corrected, steps);
        }
        return batches;
    }

    /** Replaces what the scripts of the run may call. */
    public static void allowModels(Transaction transaction, UUID run, String models) {
        transaction.query(REPLACE_MODELS).set("run", run).set("models", models).update();
    }

    /** Whether the open run keeps more failures than it tolerates, so that the end of its first batch would stop it. */
    public static boolean keepsTooManyFailures(Transaction transaction, UUID run) {
        return transaction.query(KEEPS_TOO_MANY_FAILURES).set("run", run).exists();
    }

    /**
     * A batch keeps its results and its number of failures until the retry commits. If an earlier retry of some causes failed as a whole,
     * these causes are retried too, because the new results would hide that failure.
     */
    private static int queueBatches(Transaction transaction, UUID run, @Nullable String cause) {
        return transaction
                .query(QUEUE_BATCHES)
                .set("run", run)
                .set("cause", cause)
                .update();
    }

    private static void replacePipeline(
            Transaction transaction, UUID run, ResolvedPipeline corrected, @Nullable String steps) {
        transaction
                .query(REPLACE_PIPELINE)
                .set("run", run)
                .set("pipeline", corrected.id())
                .set("version", corrected.version())
                .set("name", corrected.pipeline().name())
                .set("description", corrected.pipeline().description())
                .set("steps", steps)
                .update();
    }
}
