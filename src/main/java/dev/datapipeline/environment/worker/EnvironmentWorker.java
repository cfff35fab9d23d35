package dev.datapipeline.environment.worker;

import dev.datapipeline.database.DatabaseException;
import dev.datapipeline.environment.build.BuildOrder;
import dev.datapipeline.environment.build.BuiltEnvironment;
import dev.datapipeline.environment.build.EnvironmentBuilder;
import dev.datapipeline.environment.build.PackageResolver;
import dev.datapipeline.environment.build.PackagesRefusedException;
import dev.datapipeline.environment.lock.Lock;
import dev.datapipeline.environment.service.EnvironmentEvictions;
import dev.datapipeline.environment.service.FolderGuard;
import dev.datapipeline.environment.store.Environment;
import dev.datapipeline.environment.store.EnvironmentClaim;
import dev.datapipeline.environment.store.StepState.StepStatus;
import dev.datapipeline.environment.wheel.IndexUnreachableException;
import dev.datapipeline.sandbox.engine.SandboxFailureException;
import dev.datapipeline.sandbox.image.BaseImages;
import dev.datapipeline.time.Deadline;
import dev.datapipeline.time.Ticker;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import org.jboss.logging.Logger;

/** Resolves and builds one environment after a claim, in the thread of the caller. */
@Singleton
class EnvironmentWorker {
    private static final Logger LOG = Logger.getLogger(EnvironmentWorker.class);

    private final PackageResolver resolver;
    private final EnvironmentBuilder builder;
    private final EnvironmentEvictions evictions;
    private final FolderGuard guard;
    private final BuildEnds ends;
    private final Ticker ticker;

    EnvironmentWorker(
            PackageResolver resolver,
            EnvironmentBuilder builder,
            EnvironmentEvictions evictions,
            FolderGuard guard,
            BuildEnds ends,
            Ticker ticker) {
        this.resolver = resolver;
        this.builder = builder;
        this.evictions = evictions;
        this.guard = guard;
        this.ends = ends;
        this.ticker = ticker;
    }

    /** Does the work of a claim; afterwards the environment is READY, FAILED, delayed, or another worker's. */
    void work(EnvironmentClaim claim, Heartbeats heartbeats, Deadline reliable) {
        RecordedBuildLog log = new RecordedBuildLog(ticker, claim.logLength());
        try (Heartbeat heartbeat = heartbeats.begin(claim, log, reliable)) {
            Attempt attempt = new Attempt(claim, heartbeat, log);
            try {
                if (!ends.givesUpAfterDeaths(attempt)) {
                    resolveAndBuild(attempt);
                }
            } catch (PackagesRefusedException refused) {
                ends.refused(attempt, refused);
            } catch (IndexUnreachableException away) {
                ends.indexAway(attempt, away);
            } catch (SandboxFailureException failed) {
                ends.sandboxFailed(attempt, failed);
            } catch (IOException failed) {
                ends.diskFailed(attempt, failed);
            } catch (InterruptedException interrupted) {
                ends.interrupted(attempt);
            } catch (DatabaseException away) {
                throw away;
            } catch (RuntimeException bug) {
                LOG.errorf(bug, "%s failed because of a bug", claim);
                ends.crashed(attempt, "The service failed; its log says how.");
            }
        }
    }

    /** A claim with what its work says. */
    record Attempt(EnvironmentClaim claim, Heartbeat heartbeat, RecordedBuildLog log) {
        void end(StepStatus status) {
            log.end(status);
            heartbeat.write();
        }
    }

    private void resolveAndBuild(Attempt attempt)
            throws PackagesRefusedException, IndexUnreachableException, SandboxFailureException, IOException,
                    InterruptedException {
        Optional<Lock> lock = lock(attempt);
        if (lock.isEmpty()) {
            return;
        }
        evictions.makeRoom(attempt.claim().id(), lock.get());
        long begin = ticker.nanoTime();
        try (FolderGuard.Hold hold = guard.build(lock.get().key())) {
            EnvironmentClaim claim = attempt.claim();
            BuiltEnvironment built =
                    builder.build(new BuildOrder(lock.get(), image(claim), claim.id(), claim.attempt()), attempt.log());
            guard.verified(built.folder());
            attempt.end(StepStatus.DONE);
            ends.built(attempt, new Environment.Files(built.folder(), built.size(), built.cached()), took(begin));
        }
        evictions.evict(attempt.claim().id());
    }

    private static String image(EnvironmentClaim claim) {
        return claim.declared().image().orElse(BaseImages.DEFAULT);
    }

    private Duration took(long begin) {
        return Duration.ofNanos(ticker.nanoTime() - begin);
    }

    /** The lock of the environment; empty when the claim is lost, or the packages have to be resolved once more. */
    private Optional<Lock> lock(Attempt attempt)
            throws PackagesRefusedException, IndexUnreachableException, SandboxFailureException, IOException,
                    InterruptedException {
        EnvironmentClaim claim = attempt.claim();
        Lock known = claim.lock();
        if (known != null) {
            if (!resolver.fits(known, image(claim))) {
                attempt.log()
                        .line(
                                "The sandboxes have another Python than the lock is for: its packages are resolved anew.");
                attempt.end(StepStatus.DONE);
                ends.resolveAgain(attempt);
                return Optional.empty();
            }
            attempt.log().isResolved();
            return Optional.of(known);
        }
        evictions.requireRoom();
        long begin = ticker.nanoTime();
        Lock lock = resolver.resolve(claim.declared(), attempt.log());
        attempt.end(StepStatus.DONE);
        return ends.locked(attempt, lock, took(begin)) ? Optional.of(lock) : Optional.empty();
    }
}
