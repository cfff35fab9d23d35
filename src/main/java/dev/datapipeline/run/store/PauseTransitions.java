package dev.datapipeline.run.store;

import static dev.datapipeline.run.store.Statements.sql;

import dev.datapipeline.database.Row;
import dev.datapipeline.database.Sql;
import dev.datapipeline.database.StorableText;
import dev.datapipeline.database.Transaction;
import dev.datapipeline.run.PauseReason;
import dev.datapipeline.run.RunStatus;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Pauses and resumes runs, inside the transaction of the caller. Locks the run before its batches, as everything does that changes both.
 *
 * <p>A batch that is claimed while its run is paused may be overlooked here. Its results are not accepted while the run is paused, see
 * {@code BatchCompletion}, and it gets no sandbox.
 */
public final class PauseTransitions {
    private static final String RELEASED_BY_PAUSE = "The run was paused. The batch runs again from its first record.";

    private static final Sql LOCK_ACTIVE =
            sql("select from run where id = :run and status in {ACTIVE} for no key update");

    private static final Sql RELEASE_BATCHES = sql("""
            update batch set status = {QUEUED}, owner = null, lease_until = null, not_before = null
             where run_id = :run and status = {RUNNING}""");

    private static final Sql PAUSE = sql("""
            update run
               set status = {PAUSED}, status_reason = :message, pause_reason = :reason, pause_needed = :needed, paused_at = now(),
                   resumed_at = null, revision = revision + 1
             where id = :run""");

    private static final Sql LOCK = sql("""
            select status, pause_reason, paused_at is not null as was_paused, max_parallel_batches
              from run where id = :run for no key update""");

    private static final Sql RESUME = sql("""
            update run
               set status = {QUEUED}, status_reason = null, pause_reason = null, pause_needed = null,
                   done_before = succeeded + skipped + failed, revision = revision + 1
             where id = :run""");

    private PauseTransitions() {}

    /**
     * Why a run is paused.
     *
     * @param needed picodollars that the next call can cost; null where money is not what is missing
     */
    public record Pause(PauseReason reason, @Nullable Long needed, String message) {}

    /**
     * A run before it is resumed.
     *
     * @param reason why it is paused; null where it is not
     * @param wasPaused whether it was paused since it was submitted or retried
     */
    public record State(RunStatus status, @Nullable PauseReason reason, boolean wasPaused, int maxParallelBatches) {}

    /**
     * Pauses an active run. The attempts under way lose their batches, which count no failure by it.
     *
     * @return false when there is no such active run
     */
    public static boolean pause(Transaction transaction, UUID run, Pause pause) {
        if (!transaction.query(LOCK_ACTIVE).set("run", run).exists()) {
            return false;
        }
        releaseBatches(transaction, run);
        transaction
                .query(PAUSE)
                .set("run", run)
                .set("message", StorableText.of(pause.message()))
                .set("reason", pause.reason())
                .set("needed", pause.needed())
                .update();
        return true;
    }

    /** Locks a run that may be resumed; empty when there is none. */
    public static Optional<State> lock(Transaction transaction, UUID run) {
        return transaction.query(LOCK).set("run", run).first(PauseTransitions::state);
    }

    /** Queues a paused run, which the caller has locked. What was claimed while it was paused loses its batch as well. */
    public static void resume(Transaction transaction, UUID run) {
        releaseBatches(transaction, run);
        transaction.query(RESUME).set("run", run).update();
    }

    private static void releaseBatches(Transaction transaction, UUID run) {
        AttemptRepository.keepReleased(transaction, run, RELEASED_BY_PAUSE);
        transaction.query(RELEASE_BATCHES).set("run", run).update();
    }

    private static State state(Row row) {
        String reason = row.optionalText("pause_reason");
        return new State(
                row.constant(RunStatus.class, "status"),
                reason == null ? null : PauseReason.valueOf(reason),
                row.isTrue("was_paused"),
                row.integer("max_parallel_batches"));
    }
}
