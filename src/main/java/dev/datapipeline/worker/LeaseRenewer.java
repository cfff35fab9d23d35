package dev.datapipeline.worker;

import dev.datapipeline.database.DatabaseException;
import dev.datapipeline.run.BatchId;
import dev.datapipeline.run.store.BatchClaim;
import dev.datapipeline.run.store.BatchOutcome;
import dev.datapipeline.run.store.BatchRepository;
import dev.datapipeline.run.store.BatchRepository.Finish;
import dev.datapipeline.sandbox.ServiceInstance;
import dev.datapipeline.time.Deadline;
import dev.datapipeline.worker.dispatch.TurnEnded;
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

/**
 * The claims of this worker. They are renewed as long as their attempts are under way; an attempt that may have lost its batch is cut
 * short before anybody else can begin with it. Thread-safe.
 */
@Singleton
class LeaseRenewer {
    private static final Logger LOG = Logger.getLogger(LeaseRenewer.class);
    /** Of a lease: renewed after one part, and no longer relied on after four, so that a disk may stand still for a while. */
    private static final int PARTS = 6;

    private static final int RELIABLE_PARTS = 4;

    private final BatchRepository ledger;
    private final WorkerConfig config;
    private final BatchMetrics metrics;
    private final String owner;
    private final Set<BatchAttempt> underWay = ConcurrentHashMap.newKeySet();
    private volatile Deadline nextRenewal;

    LeaseRenewer(BatchRepository ledger, WorkerConfig config, ServiceInstance installation, BatchMetrics metrics) {
        this.ledger = ledger;
        this.config = config;
        this.metrics = metrics;
        this.owner = installation.owner();
        this.nextRenewal = Deadline.in(part());
    }

    /** Begins an attempt at the batch, if there is anything to take. The caller closes it. */
    Optional<BatchAttempt> claim(BatchId id) {
        Deadline reliable = reliable();
        return ledger.claim(id, owner, config.lease()).map(claim -> begin(claim, reliable));
    }

    /** What became of the end of an attempt, and the attempt at the batch that was to follow it. */
    record Handover(Finish finish, Optional<BatchAttempt> next) {}

    /** Ends an attempt and begins the one at {@code next}, if there is anything to take. The caller closes both. */
    Handover finish(BatchAttempt ending, BatchOutcome outcome, Optional<BatchId> next) {
        if (next.isEmpty()) {
            return new Handover(ending.finish(outcome), Optional.empty());
        }
        Deadline reliable = reliable();
        BatchRepository.Handover handover = ending.finishAndClaim(outcome, next.get(), config.lease());
        return new Handover(handover.finish(), handover.next().map(claim -> begin(claim, reliable)));
    }

    private BatchAttempt begin(BatchClaim claim, Deadline reliable) {
        BatchAttempt attempt = new BatchAttempt(ledger, claim, owner, reliable, underWay::remove);
        underWay.add(attempt);
        return attempt;
    }

    int underWay() {
        return underWay.size();
    }

    void cutAllShort() {
        underWay.forEach(BatchAttempt::cutShort);
    }

    void endTurn(@Observes TurnEnded ended) {
        for (BatchAttempt attempt : underWay) {
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
        nextRenewal = Deadline.in(part());
        try {
            renewAll();
        } catch (DatabaseException away) {
            nextRenewal = Deadline.in(Duration.ZERO);
            LOG.warnf("leases could not be renewed, trying again in 1 s: %s", away.getMessage());
        }
    }

    private void renewAll() {
        List<BatchAttempt> renewed = List.copyOf(underWay);
        List<BatchClaim> claims = renewed.stream().map(BatchAttempt::claim).toList();
        Deadline reliable = reliable();
        Set<BatchId> held = ledger.renew(claims, owner, config.lease());
        for (BatchAttempt attempt : renewed) {
            if (held.contains(attempt.claim().id())) {
                attempt.renewed(reliable);
            } else {
                attempt.cutShort();
            }
        }
    }

    /** Apart from the renewal, which may hang as long as the database does. */
    @Scheduled(every = "1s", delayed = "1s", concurrentExecution = ConcurrentExecution.SKIP)
    void cutUnreliableShort() {
        for (BatchAttempt attempt : underWay) {
            if (!attempt.isReliable() && attempt.cutShort()) {
                metrics.leaseLost();
                LOG.warnf("%s: cut short, its lease could not be renewed in time", attempt.claim());
            }
        }
    }

    /** Until when a lease that is asked for now can be relied on, whenever the database answers. */
    private Deadline reliable() {
        return Deadline.in(part().multipliedBy(RELIABLE_PARTS));
    }

    private Duration part() {
        return config.lease().dividedBy(PARTS);
    }
}
