package dev.datapipeline.run.store.batch;

import static dev.datapipeline.run.store.Statements.sql;

import dev.datapipeline.database.Query;
import dev.datapipeline.database.Sql;
import dev.datapipeline.database.StorableText;
import dev.datapipeline.database.Transaction;
import dev.datapipeline.result.FailureCause;
import dev.datapipeline.result.FailureCauseId;
import dev.datapipeline.result.RetriedCauses;
import dev.datapipeline.run.BatchStatus;
import dev.datapipeline.run.store.Counts;
import dev.datapipeline.run.store.attempt.RecordAttempts;
import dev.datapipeline.run.store.attempt.RetriedBatch;
import dev.datapipeline.run.store.batch.BatchOutcome.Broken;
import dev.datapipeline.run.store.batch.BatchOutcome.Finished;
import dev.datapipeline.sandbox.engine.BatchSummary;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Writes the end of an attempt to its batch and to the failures of the batch. */
final class BatchCompletion {
    /**
     * Part of both updates, so that it needs no exchange of its own: locks the run before its batch, as {@link RunTransitions#stop} does.
     * Of a paused run nothing is recorded: its scripts may have been refused model calls.
     */
    private static final String LOCKED_RUN =
            "with locked as materialized (select id from run where id = :run and status <> {PAUSED} for no key update) ";

    private static final String OF_ATTEMPT = """
             from locked
            where run_id = locked.id and number = :number and attempt = :attempt and owner = :owner and status = {RUNNING}""";

    private static final Sql FINISH = sql(LOCKED_RUN + """
            update batch
               set status = {SUCCEEDED}, succeeded = succeeded + :succeeded, failed = failed - retry_records + :failed,
                   skipped = skipped + :skipped, retry_records = 0, retry_causes = null, segment = :segment,
                   segment_offset = :offset, results_length = :resultsLength, log_length = :logLength,
                   lease_until = null, finished_at = now()
            """ + OF_ATTEMPT);

    private static final Sql FAIL = sql(LOCKED_RUN + """
            update batch
               set status = {FAILED}, failed = records - succeeded - skipped, error_code = :code, error_message = :message,
                   retry_causes = case when retry_causes is not null then retry_causes || :cause::text end,
                   lease_until = null, finished_at = now()
            """ + OF_ATTEMPT
            + " returning case when segment is null then failed else retry_records end as failed");

    private static final String RETRIED_FAILURES = """
             from batch_failure
            where run_id = :run and batch = :number and (:causes::text[] is null or cause = any (:causes))""";

    private static final Sql FIRST_RETRIED_RECORD =
            sql("select coalesce(min(examples[1]), :otherwise) as first" + RETRIED_FAILURES);

    private static final Sql DELETE_RETRIED_FAILURES = sql("delete" + RETRIED_FAILURES);

    private static final Sql INSERT_FAILURE = sql("""
            insert into batch_failure (run_id, batch, cause, step, stage, type, message, script, line, records, examples)
            values (:run, :number, :cause, :step, :stage, :type, :message, :script, :line, :records, :examples)""");

    private BatchCompletion() {}

    /** Returns what the end adds to the counters of the run; empty when the claim no longer holds, and nothing was changed. */
    static Optional<Counts> end(Transaction transaction, BatchClaim claim, String owner, BatchOutcome outcome) {
        return switch (outcome) {
            case Finished finished -> finish(transaction, claim, owner, finished);
            case Broken broken -> fail(transaction, claim, owner, broken);
        };
    }

    private static Optional<Counts> finish(Transaction transaction, BatchClaim claim, String owner, Finished finished) {
        BatchSummary summary = finished.summary();
        int updated = ofAttempt(transaction.query(FINISH), claim, owner)
                .set("succeeded", summary.succeeded())
                .set("failed", summary.failed())
                .set("skipped", summary.skipped())
                .set("segment", finished.location().segment())
                .set("offset", finished.location().offset())
                .set("resultsLength", finished.location().resultsLength())
                .set("logLength", finished.location().logLength())
                .update();
        if (updated == 0) {
            return Optional.empty();
        }
        replaceFailures(transaction, claim, RetriedCauses.ALL, finished.causes());
        noteAttempt(transaction, claim, finished.ranAgain());
        return Optional.of(
                new Counts(BatchStatus.SUCCEEDED, summary.succeeded(), summary.failed(), summary.skipped(), 0));
    }

    private static Optional<Counts> fail(Transaction transaction, BatchClaim claim, String owner, Broken broken) {
        Optional<Integer> failed = ofAttempt(transaction.query(FAIL), claim, owner)
                .set("code", broken.code())
                .set("message", StorableText.of(broken.message()))
                .set("cause", broken.cause().id())
                .first(row -> row.integer("failed"));
        if (failed.isEmpty()) {
            return Optional.empty();
        }
        long first = claim.previous() == null ? claim.firstRecord() : firstRetriedRecord(transaction, claim);
        FailureCause cause = new FailureCause(broken.cause(), failed.get(), List.of(first));
        replaceFailures(transaction, claim, claim.retried(), List.of(cause));
        noteAttempt(transaction, claim, claim.previous() == null ? null : List.of());
        return Optional.of(new Counts(BatchStatus.FAILED, 0, failed.get(), 0, 0));
    }

    private static void noteAttempt(Transaction transaction, BatchClaim claim, @Nullable List<Integer> positions) {
        if (claim.retries() > 0) {
            UUID run = claim.id().run();
            RetriedBatch batch = new RetriedBatch(run, claim.retries(), claim.firstRecord(), claim.records());
            RecordAttempts.note(transaction, batch, positions);
        }
    }

    private static long firstRetriedRecord(Transaction transaction, BatchClaim claim) {
        return ofBatch(transaction.query(FIRST_RETRIED_RECORD), claim)
                .set("causes", ids(claim.retried()))
                .set("otherwise", claim.firstRecord())
                .only(row -> row.number("first"));
    }

    private static void replaceFailures(
            Transaction transaction, BatchClaim claim, RetriedCauses replaced, List<FailureCause> causes) {
        if (claim.attempt() > 1) {
            ofBatch(transaction.query(DELETE_RETRIED_FAILURES), claim)
                    .set("causes", ids(replaced))
                    .update();
        }
        if (!causes.isEmpty()) {
            ofBatch(transaction.query(INSERT_FAILURE), claim).updateAll(causes, BatchCompletion::set);
        }
    }

    private static void set(Query insert, FailureCause cause) {
        FailureCauseId key = cause.key();
        insert.set("cause", key.id())
                .set("step", key.step())
                .set("stage", key.stage())
                .set("type", key.type())
                .set("message", key.message())
                .set("script", key.script())
                .set("line", key.line())
                .set("records", cause.records())
                .set("examples", cause.examples().toArray(Long[]::new));
    }

    private static Query ofAttempt(Query query, BatchClaim claim, String owner) {
        return ofBatch(query, claim).set("attempt", claim.attempt()).set("owner", owner);
    }

    private static Query ofBatch(Query query, BatchClaim claim) {
        return query.set("run", claim.id().run()).set("number", claim.id().number());
    }

    private static String @Nullable [] ids(RetriedCauses causes) {
        Set<String> ids = causes.ids();
        return ids == null ? null : ids.toArray(String[]::new);
    }
}
