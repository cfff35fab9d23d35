package dev.datapipeline.worker;

import dev.datapipeline.database.DatabaseException;
import dev.datapipeline.run.BatchId;
import dev.datapipeline.run.store.batch.BatchClaim;
import dev.datapipeline.run.store.batch.BatchOutcome;
import dev.datapipeline.run.store.batch.BatchRepository;
import dev.datapipeline.run.store.batch.FinishResult;
import dev.datapipeline.sandbox.ServiceInstance;
import dev.datapipeline.time.Deadline;
import dev.datapipeline.time.Ticker;
import dev.datapipeline.worker.dispatch.TurnEnded;
import io.micrometer.core.instrument.Timer;
import io.quarkus.scheduler.Scheduled;
import io.quarkus.scheduler.Scheduled.ConcurrentExecution;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jboss.logging.Logger;

/** Renews the leases of this worker's attempts, and aborts an attempt before another worker could claim its batch. Thread-safe. */
@Singleton
class LeaseRenewer {
    private static final Logger LOG = Logger.getLogger(LeaseRenewer.class);
    /** A lease is renewed after one sixth, and trusted for four sixths, so that a slow disk does not cost it. */
    private static final int PARTS = 6;

    private static final int RELIABLE_PARTS = 4;

    private final BatchRepository batches;
    private final WorkerConfig config;
    private final BatchMetrics metrics;
    private final Ticker ticker;
    private final String owner;
    private final Set<BatchAttempt> active = ConcurrentHashMap.newKeySet();
    private volatile Deadline nextRenewal;

    LeaseRenewer(
            BatchRepository batches,
            WorkerConfig config,
            ServiceInstance instance,
            BatchMetrics metrics,
            Ticker ticker) {
        this.batches = batches;
        this.config = config;
        this.metrics = metrics;
        this.ticker = ticker;
        this.owner = instance.owner();
        this.nextRenewal = ticker.deadlineIn(part());
    }

    /** Starts an attempt at the batch if it can be claimed. The caller closes the attempt. */
    Optional<BatchAttempt> claim(BatchId id) {
        Deadline reliable = reliable();
        return batches.claim(id, owner, config.lease()).map(claim -> begin(claim, reliable));
    }

    /** Ends an attempt and starts one at {@code next} if it can be claimed. The caller closes both. */
    FinishResult<BatchAttempt> finish(BatchAttempt ending, BatchOutcome outcome, Optional<BatchId> next) {
        if (next.isEmpty()) {
            return new FinishResult<>(ending.finish(outcome), Optional.empty());
        }
        Deadline reliable = reliable();
        return ending.finishAndClaim(outcome, next.get(), config.lease()).map(claim -> begin(claim, reliable));
    }

    private BatchAttempt begin(BatchClaim claim, Deadline reliable) {
        Timer.Sample duration = metrics.claimed();
        BatchAttempt attempt = new BatchAttempt(batches, claim, owner, reliable, closed -> {
            active.remove(closed);
            metrics.over(duration);
        });
        active.add(attempt);
        return attempt;
    }

    int active() {
        return active.size();
    }

    void abortAll() {
        active.forEach(BatchAttempt::abort);
    }

    void endTurn(@Observes TurnEnded ended) {
        for (BatchAttempt attempt : active) {
            if (attempt.claim().id().equals(ended.batch())) {
                attempt.endTurn();
            }
        }
    }

    @Scheduled(every = "1s", delayed = "1s", concurrentExecution = ConcurrentExecution.SKIP)
    void renew() {
        if (!nextRenewal.isOver()) {
            return;
        }
        nextRenewal = ticker.deadlineIn(part());
        try {
            renewAll();
        } catch (DatabaseException away) {
            nextRenewal = ticker.deadlineIn(Duration.ZERO);
            LOG.warnf("leases could not be renewed, trying again in 1 s: %s", away.getMessage());
        }
    }

    private void renewAll() {
        List<BatchAttempt> renewed = List.copyOf(active);
        List<BatchClaim> claims = renewed.stream().map(BatchAttempt::claim).toList();
        Deadline reliable = reliable();
        Set<BatchId> held = batches.renew(claims, owner, config.lease());
        for (BatchAttempt attempt : renewed) {
            if (held.contains(attempt.claim().id())) {
                attempt.leaseRenewed(reliable);
            } else {
                attempt.abort();
            }
        }
    }

    /** Scheduled apart from the renewal, which may hang as long as the database does. */
    @Scheduled(every = "1s", delayed = "1s", concurrentExecution = ConcurrentExecution.SKIP)
    void abortExpired() {
        for (BatchAttempt attempt : active) {
            if (!attempt.holdsLease() && attempt.abort()) {
                metrics.leaseLost();
                LOG.warnf("%s: aborted, its lease could not be renewed in time", attempt.claim());
            }
        }
    }

    /** Until when a lease can be trusted that is requested now, however late the database answers. */
    private Deadline reliable() {
        return ticker.deadlineIn(part().multipliedBy(RELIABLE_PARTS));
    }

    private Duration part() {
        return config.lease().dividedBy(PARTS);
    }
}
