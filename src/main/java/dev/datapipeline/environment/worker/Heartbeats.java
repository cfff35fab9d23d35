package dev.datapipeline.environment.worker;

import dev.datapipeline.database.DatabaseException;
import dev.datapipeline.environment.service.EnvironmentConfig;
import dev.datapipeline.environment.store.EnvironmentClaim;
import dev.datapipeline.environment.store.EnvironmentClaims;
import dev.datapipeline.sandbox.ServiceInstance;
import dev.datapipeline.time.Deadline;
import dev.datapipeline.time.Ticker;
import io.quarkus.scheduler.Scheduled;
import io.quarkus.scheduler.Scheduled.ConcurrentExecution;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.jboss.logging.Logger;

/**
 * Renews the leases of the builds under way in this process, and writes what they say to their rows. A build whose lease could not be renewed
 * in time is interrupted before another worker could claim its environment. Thread-safe.
 */
@Singleton
class Heartbeats {
    private static final Logger LOG = Logger.getLogger(Heartbeats.class);
    /** A lease is renewed after one third, and trusted for two thirds. */
    private static final int PARTS = 3;

    private final EnvironmentClaims claims;
    private final String owner;
    private final Duration lease;
    private final Ticker ticker;
    private final Set<Heartbeat> active = ConcurrentHashMap.newKeySet();

    Heartbeats(EnvironmentClaims claims, ServiceInstance instance, EnvironmentConfig config, Ticker ticker) {
        this.claims = claims;
        this.owner = instance.owner();
        this.lease = config.lease();
        this.ticker = ticker;
    }

    /** Until when a lease can be trusted that is requested now. */
    Deadline reliable() {
        return ticker.deadlineIn(lease.multipliedBy(PARTS - 1).dividedBy(PARTS));
    }

    /** Begins to renew the lease of a build that this thread does. */
    Heartbeat begin(EnvironmentClaim claim, RecordedBuildLog log, Deadline reliable) {
        Heartbeat heartbeat = new Heartbeat(this, claim, log, Thread.currentThread(), reliable);
        active.add(heartbeat);
        return heartbeat;
    }

    void ended(Heartbeat heartbeat) {
        active.remove(heartbeat);
    }

    /** Interrupts all builds, since the service stops. */
    void interruptAll() {
        active.forEach(Heartbeat::interrupt);
    }

    @Scheduled(every = "1s", delayed = "1s", concurrentExecution = ConcurrentExecution.SKIP)
    void beat() {
        for (Heartbeat heartbeat : active) {
            try {
                heartbeat.write();
            } catch (DatabaseException away) {
                LOG.debugf("the progress of a build is not written for now: %s", away.getMessage());
            }
        }
        renew();
    }

    private void renew() {
        List<Heartbeat> due = active.stream().filter(Heartbeat::isDue).toList();
        if (due.isEmpty()) {
            return;
        }
        Deadline reliable = reliable();
        try {
            Set<UUID> held = claims.renew(due.stream().map(Heartbeat::claim).toList(), owner, lease);
            due.forEach(heartbeat ->
                    heartbeat.renewed(held.contains(heartbeat.claim().id()), reliable));
        } catch (DatabaseException away) {
            LOG.warnf("leases of builds could not be renewed, trying again in 1 s: %s", away.getMessage());
        }
    }

    /** Scheduled apart from the renewal, which may hang as long as the database does. */
    @Scheduled(every = "1s", delayed = "1s", concurrentExecution = ConcurrentExecution.SKIP)
    void interruptExpired() {
        active.stream().filter(Heartbeat::isExpired).forEach(Heartbeat::interrupt);
    }

    void write(EnvironmentClaim claim, RecordedBuildLog.Part part) {
        claims.report(claim, owner, part.progress(), part.position(), part.text());
    }

    Duration renewalInterval() {
        return lease.dividedBy(PARTS);
    }

    Ticker ticker() {
        return ticker;
    }
}
