package dev.datapipeline.run.store;

import dev.datapipeline.database.StorableText;
import dev.datapipeline.database.Transactions;
import dev.datapipeline.result.ResultLocation;
import dev.datapipeline.result.RetriedCauses;
import dev.datapipeline.run.AttemptOutcome;
import dev.datapipeline.run.BatchId;
import dev.datapipeline.run.RunChanges;
import dev.datapipeline.run.store.FinishResult.Finish;
import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Collection;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Claims, leases and ends of batches: one short transaction each, guarded by the attempt number, measured in database time only.
 *
 * <p>Every method may be repeated: what no longer applies changes nothing and says so.
 */
@Singleton
public final class BatchRepository {
    /** @param counts what was added to the run, nothing when the attempt was lost */
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

    /** Takes the batch for {@code owner} if it waits (or its lease is over) and its run is open; empty when there is nothing to take. */
    public Optional<BatchClaim> claim(BatchId id, String owner, Duration lease) {
        Optional<BatchClaim> claim = transactions.run(connection -> claim(connection, id, owner, lease));
        claim.ifPresent(taken -> changes.changed(id.run()));
        return claim;
    }

    private Optional<BatchClaim> claim(Connection connection, BatchId id, String owner, Duration lease)
            throws SQLException {
        try (PreparedStatement update = connection.prepareStatement("""
                update batch b
                   set status = 'RUNNING', attempt = attempt + 1, owner = ?, lease_until = now() + ? * interval '1 ms',
                       started_at = now(), not_before = null
                  from run r
                 where run_id = ? and number = ? and r.id = run_id and r.status in ('QUEUED', 'RUNNING')
                   and (b.status = 'QUEUED' or b.status = 'RUNNING' and lease_until < now())
                returning attempt, engine_deaths, first_record, b.records, segment, segment_offset, results_length, log_length,
                          retry_causes, r.status = 'QUEUED' as is_first""")) {
            update.setString(1, owner);
            update.setLong(2, lease.toMillis());
            update.setObject(3, id.run());
            update.setInt(4, id.number());
            try (ResultSet row = update.executeQuery()) {
                if (!row.next()) {
                    return Optional.empty();
                }
                BatchClaim claim = claim(id, row);
                if (row.getBoolean("is_first")) {
                    transitions.start(connection, id.run());
                }
                if (claim.attempt() > 1) {
                    AttemptRepository.keepLost(connection, id, claim.attempt() - 1);
                }
                return Optional.of(claim);
            }
        }
    }

    private static BatchClaim claim(BatchId id, ResultSet row) throws SQLException {
        return new BatchClaim(
                id,
                row.getInt(1),
                row.getInt(2),
                row.getLong(3),
                row.getInt(4),
                ResultLocation.of(row),
                RetriedCauses.of(row));
    }

    /** Extends the leases of these claims; returns the batches that are still the owner's. */
    public Set<BatchId> renew(Collection<BatchClaim> claims, String owner, Duration lease) {
        if (claims.isEmpty()) {
            return Set.of();
        }
        Object[] runs = claims.stream().map(claim -> claim.id().run()).toArray();
        Object[] numbers = claims.stream().map(claim -> claim.id().number()).toArray();
        Object[] attempts = claims.stream().map(BatchClaim::attempt).toArray();
        return transactions.run(connection -> {
            try (PreparedStatement update = connection.prepareStatement("""
                    update batch b set lease_until = now() + ? * interval '1 ms'
                      from unnest(?, ?, ?) as held (run_id, number, attempt)
                     where b.run_id = held.run_id and b.number = held.number and b.attempt = held.attempt
                       and owner = ? and status = 'RUNNING'
                    returning b.run_id, b.number""")) {
                update.setLong(1, lease.toMillis());
                update.setArray(2, connection.createArrayOf("uuid", runs));
                update.setArray(3, connection.createArrayOf("int", numbers));
                update.setArray(4, connection.createArrayOf("int", attempts));
                update.setString(5, owner);
                return ids(update);
            }
        });
    }

    /**
     * Records the end of an attempt with its counters and, when it was the last batch, the end of the run.
     *
     * @return {@link Finish#LOST} when the attempt had lost the batch: nothing was recorded and its results are void
     */
    public Finish finish(BatchClaim claim, String owner, BatchOutcome outcome) {
        return report(claim, transactions.run(connection -> finish(connection, claim, owner, outcome)))
                .finish();
    }

    /** Ends an attempt and claims another batch in the same transaction, which costs little more than either. */
    public FinishResult<BatchClaim> finishAndClaim(
            BatchClaim claim, String owner, BatchOutcome outcome, BatchId next, Duration lease) {
        return report(
                claim,
                transactions.run(connection ->
                        finish(connection, claim, owner, outcome).with(claim(connection, next, owner, lease))));
    }

    private FinishResult<BatchClaim> report(BatchClaim ended, Ending ending) {
        ending.counts().ifPresent(metrics::add);
        UUID run = ended.id().run();
        if (ending.finish() == Finish.RUN_ENDED) {
            changes.changed(run);
        } else {
            changes.progressed(run);
        }
        ending.next()
                .map(taken -> taken.id().run())
                .filter(other -> !other.equals(run))
                .ifPresent(changes::changed);
        return new FinishResult<>(ending.finish(), ending.next());
    }

    private Ending finish(Connection connection, BatchClaim claim, String owner, BatchOutcome outcome)
            throws SQLException {
        Optional<Counts> counts = BatchCompletion.end(connection, claim, owner, outcome);
        if (counts.isEmpty()) {
            return new Ending(Finish.LOST, counts, Optional.empty());
        }
        boolean isFinal = transitions.add(connection, claim.id().run(), counts.get());
        return new Ending(isFinal ? Finish.RUN_ENDED : Finish.RECORDED, counts, Optional.empty());
    }

    /**
     * Gives a batch back unfinished, through no fault of anything; it waits again at once.
     *
     * @param reason for people, where there is one
     */
    public void release(BatchClaim claim, String owner, @Nullable String reason) {
        queue(claim, owner, Duration.ZERO, AttemptOutcome.RELEASED, reason);
    }

    /**
     * Gives a batch back that could not be run for reasons of the infrastructure; it waits for {@code delay}.
     *
     * @param reason for people
     * @return how often this batch was disturbed so far, 0 when it is no longer the owner's
     */
    public int infrastructureFailed(BatchClaim claim, String owner, Duration delay, String reason) {
        return queue(claim, owner, delay, AttemptOutcome.INFRASTRUCTURE_FAILED, reason);
    }

    /** Gives a batch back in which the engine died, which may be the fault of its scripts; it waits for {@code delay}. */
    public void engineDied(BatchClaim claim, String owner, Duration delay, String reason) {
        queue(claim, owner, delay, AttemptOutcome.ENGINE_DIED, reason);
    }

    /** Whether the run may have batches of this go under way; false when it is final or gone, or was retried since. */
    public boolean isOpen(UUID run, int retries) {
        return transactions.run(connection -> {
            try (PreparedStatement select = connection.prepareStatement(
                    "select from run where id = ? and retries = ? and status in ('QUEUED', 'RUNNING')")) {
                select.setObject(1, run);
                select.setInt(2, retries);
                try (ResultSet row = select.executeQuery()) {
                    return row.next();
                }
            }
        });
    }

    private int queue(BatchClaim claim, String owner, Duration delay, AttemptOutcome outcome, @Nullable String reason) {
        int times = transactions.run(connection -> {
            try (PreparedStatement update = connection.prepareStatement("""
                    with queued as (
                        update batch
                           set status = 'QUEUED', owner = null, lease_until = null, disturbances = disturbances + ?,
                               engine_deaths = engine_deaths + ?, not_before = now() + ? * interval '1 ms'
                         where run_id = ? and number = ? and attempt = ? and owner = ? and status = 'RUNNING'
                        returning run_id, number, attempt, started_at, disturbances),
                    kept as (
                        insert into batch_attempt (run_id, batch, attempt, outcome, reason, started_at)
                        select run_id, number, attempt, ?, ?, started_at from queued)
                    select disturbances from queued""")) {
                update.setInt(1, outcome == AttemptOutcome.INFRASTRUCTURE_FAILED ? 1 : 0);
                update.setInt(2, outcome == AttemptOutcome.ENGINE_DIED ? 1 : 0);
                update.setLong(3, delay.toMillis());
                update.setObject(4, claim.id().run());
                update.setInt(5, claim.id().number());
                update.setInt(6, claim.attempt());
                update.setString(7, owner);
                update.setString(8, outcome.name());
                update.setString(9, StorableText.of(reason));
                try (ResultSet row = update.executeQuery()) {
                    return row.next() ? row.getInt(1) : 0;
                }
            }
        });
        changes.changed(claim.id().run());
        return times;
    }

    /** Returns to the queue what nobody works on any more: leases that are over, and everything of dead owners of this installation. */
    public Set<BatchId> recoverExpired(String installation, String owner) {
        return transactions.run(connection -> {
            try (PreparedStatement update = connection.prepareStatement("""
                    with queued as (
                        update batch set status = 'QUEUED', owner = null, lease_until = null
                         where status = 'RUNNING'
                           and (lease_until < now() or starts_with(owner, ? || '/') and owner <> ?)
                        returning run_id, number, attempt, started_at),
                    kept as (
                        insert into batch_attempt (run_id, batch, attempt, outcome, started_at)
                        select run_id, number, attempt, 'LEASE_EXPIRED', started_at from queued)
                    select run_id, number from queued""")) {
                update.setString(1, installation);
                update.setString(2, owner);
                return ids(update);
            }
        });
    }

    private static Set<BatchId> ids(PreparedStatement returning) throws SQLException {
        Set<BatchId> ids = new HashSet<>();
        try (ResultSet row = returning.executeQuery()) {
            while (row.next()) {
                ids.add(new BatchId(row.getObject(1, UUID.class), row.getInt(2)));
            }
        }
        return ids;
    }
}
