package dev.datapipeline.run.store.batch;

import static dev.datapipeline.run.store.Statements.sql;

import dev.datapipeline.database.Row;
import dev.datapipeline.database.Sql;
import dev.datapipeline.database.StorableText;
import dev.datapipeline.database.Transaction;
import dev.datapipeline.database.Transactions;
import dev.datapipeline.run.AttemptOutcome;
import dev.datapipeline.run.BatchId;
import dev.datapipeline.run.RunChanges;
import dev.datapipeline.run.store.AttemptRepository;
import dev.datapipeline.run.store.Counts;
import dev.datapipeline.run.store.RecordMetrics;
import dev.datapipeline.run.store.RunTransitions;
import dev.datapipeline.run.store.batch.FinishResult.Finish;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Claims, leases and ends of batches. Each is one short transaction, guarded by the attempt number, and measures time by the database only.
 *
 * <p>Every method may be repeated: when the claim no longer holds, it changes nothing and says so.
 */
@Singleton
public final class BatchRepository {
    private static final Sql CLAIM = sql("""
            update batch b
               set status = {RUNNING}, attempt = attempt + 1, owner = :owner, lease_until = now() + :lease * interval '1 ms',
                   started_at = now(), not_before = null
              from run r
             where run_id = :run and number = :number and r.id = run_id and r.status in {ACTIVE} and r.waits_for is null
               and (b.status = {QUEUED} or b.status = {RUNNING} and lease_until < now())
            returning r.retries, attempt, engine_deaths, first_record, b.records, retry_causes, r.status = {QUEUED} as is_first,
            """ + BatchColumns.LOCATION);

    private static final Sql RENEW = sql("""
            update batch b set lease_until = now() + :lease * interval '1 ms'
              from unnest(:runs, :numbers, :attempts) as held (run_id, number, attempt)
             where b.run_id = held.run_id and b.number = held.number and b.attempt = held.attempt
               and owner = :owner and status = {RUNNING}
            returning b.run_id, b.number""");

    private static final Sql IS_ACTIVE =
            sql("select from run where id = :run and retries = :retries and status in {ACTIVE} and waits_for is null");

    private static final Sql QUEUE = sql("""
            with queued as (
                update batch
                   set status = {QUEUED}, owner = null, lease_until = null, engine_deaths = engine_deaths + :engineDeaths,
                       infrastructure_failures = infrastructure_failures + :infrastructureFailures,
                       not_before = now() + :delay * interval '1 ms'
                 where run_id = :run and number = :number and attempt = :attempt and owner = :owner and status = {RUNNING}
                returning run_id, number, attempt, started_at, infrastructure_failures),
            kept as (
                insert into batch_attempt (run_id, batch, attempt, outcome, reason, started_at)
                select run_id, number, attempt, :outcome, :reason, started_at from queued)
            select infrastructure_failures from queued""");

    private static final Sql RECOVER_EXPIRED = sql("""
            with queued as (
                update batch set status = {QUEUED}, owner = null, lease_until = null
                 where status = {RUNNING}
                   and (lease_until < now() or starts_with(owner, :service || '/') and owner <> :owner)
                returning run_id, number, attempt, started_at),
            kept as (
                insert into batch_attempt (run_id, batch, attempt, outcome, started_at)
                select run_id, number, attempt, {LEASE_EXPIRED}, started_at from queued)
            select run_id, number from queued""");

    /** @param counts what was added to the run; empty when the attempt was lost */
    private record Ending(Finish finish, Optional<Counts> counts, Optional<BatchClaim> next) {
        Ending with(Optional<BatchClaim> claimed) {
            return new Ending(finish, counts, claimed);
        }
    }

    private final Transactions transactions;
    private final RunTransitions transitions;
    private final RunChanges changes;
    private final RecordMetrics metrics;

    public BatchRepository(
            Transactions transactions, RunTransitions transitions, RunChanges changes, RecordMetrics metrics) {
        this.transactions = transactions;
        this.transitions = transitions;
        this.changes = changes;
        this.metrics = metrics;
    }

    /** Claims the batch for {@code owner} if its run is active and it is queued, or its lease has expired. */
    public Optional<BatchClaim> claim(BatchId id, String owner, Duration lease) {
        Optional<BatchClaim> claim = transactions.run(transaction -> claim(transaction, id, owner, lease));
        claim.ifPresent(taken -> changes.changed(id.run()));
        return claim;
    }

    private Optional<BatchClaim> claim(Transaction transaction, BatchId id, String owner, Duration lease) {
        return transaction
                .query(CLAIM)
                .set("run", id.run())
                .set("number", id.number())
                .set("owner", owner)
                .set("lease", lease)
                .first(row -> claimed(transaction, id, row));
    }

    private BatchClaim claimed(Transaction transaction, BatchId id, Row row) {
        BatchClaim claim = new BatchClaim(
                id,
                row.integer("retries"),
                row.integer("attempt"),
                row.integer("engine_deaths"),
                row.number("first_record"),
                row.integer("records"),
                BatchColumns.location(row),
                BatchColumns.retriedCauses(row));
        if (row.isTrue("is_first")) {
            transitions.start(transaction, id.run());
        }
        if (claim.attempt() > 1) {
            AttemptRepository.keepLost(transaction, id, claim.attempt() - 1);
        }
        return claim;
    }

    /** Extends the leases of these claims; returns the batches that still belong to the owner. */
    public Set<BatchId> renew(Collection<BatchClaim> claims, String owner, Duration lease) {
        if (claims.isEmpty()) {
            return Set.of();
        }
        List<BatchId> ids = claims.stream().map(BatchClaim::id).toList();
        return transactions.run(transaction -> new HashSet<>(transaction
                .query(RENEW)
                .set("runs", ids.stream().map(BatchId::run).toArray(UUID[]::new))
                .set("numbers", ids.stream().map(BatchId::number).toArray(Integer[]::new))
                .set("attempts", claims.stream().map(BatchClaim::attempt).toArray(Integer[]::new))
                .set("owner", owner)
                .set("lease", lease)
                .list(BatchRepository::id)));
    }

    /**
     * Records the end of an attempt and its counters and, when it was the last batch, the end of the run.
     *
     * @return {@link Finish#LOST} when the batch belongs to another attempt: nothing was recorded, and the results are not used
     */
    public Finish finish(BatchClaim claim, String owner, BatchOutcome outcome) {
        return report(claim, transactions.run(transaction -> finish(transaction, claim, owner, outcome)))
                .finish();
    }

    /** Ends an attempt and claims another batch in the same transaction, which costs little more than either. */
    public FinishResult<BatchClaim> finishAndClaim(
            BatchClaim claim, String owner, BatchOutcome outcome, BatchId next, Duration lease) {
        return report(
                claim,
                transactions.run(transaction ->
                        finish(transaction, claim, owner, outcome).with(claim(transaction, next, owner, lease))));
    }

    private Ending finish(Transaction transaction, BatchClaim claim, String owner, BatchOutcome outcome) {
        Optional<Counts> counts = BatchCompletion.end(transaction, claim, owner, outcome);
        if (counts.isEmpty()) {
            return new Ending(Finish.LOST, counts, Optional.empty());
        }
        boolean isFinal = transitions.add(transaction, claim.id().run(), counts.get());
        return new Ending(isFinal ? Finish.RUN_ENDED : Finish.RECORDED, counts, Optional.empty());
    }

    /** Counts the records and announces the changes, after the commit. */
    private FinishResult<BatchClaim> report(BatchClaim ended, Ending ending) {
        ending.counts().ifPresent(metrics::add);
        UUID run = ended.id().run();
        if (ending.finish() == Finish.RUN_ENDED) {
            changes.changed(run);
        } else {
            changes.progressed(run);
        }
        ending.next()
                .map(claimed -> claimed.id().run())
                .filter(other -> !other.equals(run))
                .ifPresent(changes::changed);
        return new FinishResult<>(ending.finish(), ending.next());
    }

    /**
     * Returns an unfinished batch to the queue, for example because the service stops; it may run again at once.
     *
     * @param reason for people, where there is one
     */
    public void release(BatchClaim claim, String owner, @Nullable String reason) {
        queue(claim, owner, Duration.ZERO, AttemptOutcome.RELEASED, reason);
    }

    /**
     * Returns a batch to the queue that the infrastructure kept from running; it runs again after {@code delay}.
     *
     * @param reason for people
     * @return how often this has happened to the batch, 0 when it no longer belongs to the owner
     */
    public int infrastructureFailed(BatchClaim claim, String owner, Duration delay, String reason) {
        return queue(claim, owner, delay, AttemptOutcome.INFRASTRUCTURE_FAILED, reason);
    }

    /** Returns a batch to the queue whose engine died, possibly because of its scripts; it runs again after {@code delay}. */
    public void engineDied(BatchClaim claim, String owner, Duration delay, String reason) {
        queue(claim, owner, delay, AttemptOutcome.ENGINE_DIED, reason);
    }

    private int queue(BatchClaim claim, String owner, Duration delay, AttemptOutcome outcome, @Nullable String reason) {
        int failures = transactions.run(transaction -> transaction
                .query(QUEUE)
                .set("run", claim.id().run())
                .set("number", claim.id().number())
                .set("attempt", claim.attempt())
                .set("owner", owner)
                .set("delay", delay)
                .set("infrastructureFailures", outcome == AttemptOutcome.INFRASTRUCTURE_FAILED ? 1 : 0)
                .set("engineDeaths", outcome == AttemptOutcome.ENGINE_DIED ? 1 : 0)
                .set("outcome", outcome)
                .set("reason", StorableText.of(reason))
                .first(row -> row.integer("infrastructure_failures"))
                .orElse(0));
        changes.changed(claim.id().run());
        return failures;
    }

    /** Whether the batches of the run are run, and it was not retried since. */
    public boolean isActive(UUID run, int retries) {
        return transactions.run(transaction -> transaction
                .query(IS_ACTIVE)
                .set("run", run)
                .set("retries", retries)
                .exists());
    }

    /**
     * Returns batches to the queue that no worker works on: those with an expired lease, and those of earlier processes of this service.
     *
     * @param service beginning of the owners' names of all processes of this service
     * @param owner this process
     */
    public Set<BatchId> recoverExpired(String service, String owner) {
        return transactions.run(transaction -> new HashSet<>(transaction
                .query(RECOVER_EXPIRED)
                .set("service", service)
                .set("owner", owner)
                .list(BatchRepository::id)));
    }

    private static BatchId id(Row row) {
        return new BatchId(row.id("run_id"), row.integer("number"));
    }
}
