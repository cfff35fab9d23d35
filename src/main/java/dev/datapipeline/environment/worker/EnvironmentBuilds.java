package dev.datapipeline.environment.worker;

import dev.datapipeline.database.DatabaseException;
import dev.datapipeline.environment.service.EnvironmentConfig;
import dev.datapipeline.environment.service.EnvironmentRemovals;
import dev.datapipeline.environment.service.EnvironmentWanted;
import dev.datapipeline.environment.store.EnvironmentClaim;
import dev.datapipeline.environment.store.EnvironmentClaims;
import dev.datapipeline.sandbox.ServiceInstance;
import dev.datapipeline.time.Deadline;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.quarkus.scheduler.Scheduled;
import io.quarkus.scheduler.Scheduled.ConcurrentExecution;
import jakarta.annotation.Priority;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.jboss.logging.Logger;

/**
 * Claims environments that are to be built, a few at a time, and has them built. Whoever asks for one wakes it; a sweep finds those whose back-off
 * or lease is over.
 */
@Singleton
class EnvironmentBuilds {
    private static final Logger LOG = Logger.getLogger(EnvironmentBuilds.class);
    /** With the recovery of expired leases of batches. */
    private static final int EARLY = 1_000;

    private final EnvironmentClaims claims;
    private final EnvironmentWorker worker;
    private final Heartbeats heartbeats;
    private final EnvironmentRemovals removals;
    private final ServiceInstance instance;
    private final Duration lease;
    private final int maxThreads;
    private final ExecutorService threads;
    private final Object opening = new Object();
    private int running;
    private boolean isWoken;
    private boolean isStarted;
    /** Nothing is built before the folders of earlier processes are swept. */
    private boolean isOpen;

    EnvironmentBuilds(
            EnvironmentClaims claims,
            EnvironmentWorker worker,
            Heartbeats heartbeats,
            EnvironmentRemovals removals,
            ServiceInstance instance,
            EnvironmentConfig config) {
        this.claims = claims;
        this.worker = worker;
        this.heartbeats = heartbeats;
        this.removals = removals;
        this.instance = instance;
        this.lease = config.lease();
        this.maxThreads = config.parallelBuilds();
        this.threads = Executors.newCachedThreadPool(
                Thread.ofPlatform().daemon().name("environment-build-", 1).factory());
    }

    /** What an earlier process has begun is begun anew: only one process uses a data folder. */
    void start(@Observes @Priority(EARLY) StartupEvent event) {
        synchronized (this) {
            isStarted = true;
        }
        sweep();
    }

    void stop(@Observes ShutdownEvent event) {
        synchronized (this) {
            isStarted = false;
            isOpen = false;
        }
        heartbeats.interruptAll();
        threads.shutdown();
    }

    @Scheduled(every = "5s", delayed = "5s", concurrentExecution = ConcurrentExecution.SKIP)
    void sweep() {
        try {
            claims.recover(instance.id(), instance.owner());
            open();
        } catch (DatabaseException away) {
            LOG.warnf("builds of earlier processes could not be read, trying again in 5 s: %s", away.getMessage());
            return;
        }
        wake();
    }

    /** One thread at a time, and not under the lock that those need who ask for environments: a sweep may take long. */
    private void open() {
        synchronized (opening) {
            if (!isToBeOpened()) {
                return;
            }
            try {
                removals.sweepFolders();
            } catch (IOException failed) {
                LOG.warnf("files of removed or unfinished environments are still there: %s", failed.getMessage());
            }
            synchronized (this) {
                isOpen = isStarted;
            }
        }
    }

    private synchronized boolean isToBeOpened() {
        return isStarted && !isOpen;
    }

    void wanted(@Observes EnvironmentWanted wanted) {
        wake();
    }

    private synchronized void wake() {
        if (!isOpen || running == maxThreads) {
            isWoken = true;
            return;
        }
        running++;
        threads.execute(this::work);
    }

    private void work() {
        boolean hasWork = true;
        while (hasWork) {
            hasWork = workOnce() || goesOn();
        }
    }

    /** Whether somebody has asked for an environment since this was last called; otherwise the thread ends. */
    private synchronized boolean goesOn() {
        if (isWoken && isOpen) {
            isWoken = false;
            return true;
        }
        running--;
        return false;
    }

    /** Returns whether there was something to build. */
    private boolean workOnce() {
        try {
            Deadline reliable = heartbeats.reliable();
            Optional<EnvironmentClaim> claim = isOpen() ? claims.claim(instance.owner(), lease) : Optional.empty();
            claim.ifPresent(claimed -> worker.work(claimed, heartbeats, reliable));
            return claim.isPresent();
        } catch (DatabaseException away) {
            LOG.warnf("a build waits for the database: %s", away.getMessage());
        } catch (RuntimeException | Error failed) {
            LOG.error("a build has ended because of a bug, it is begun anew when its lease expires", failed);
        } finally {
            // An interrupt that came too late must not end the next build.
            if (Thread.interrupted()) {
                LOG.debug("a build was interrupted after its end");
            }
        }
        return false;
    }

    private synchronized boolean isOpen() {
        return isOpen;
    }
}
