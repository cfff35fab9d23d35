package dev.datapipeline.environment.worker;

import dev.datapipeline.environment.build.PackagesRefusal;
import dev.datapipeline.environment.build.PackagesRefusedException;
import dev.datapipeline.environment.lock.Lock;
import dev.datapipeline.environment.service.EnvironmentEnded;
import dev.datapipeline.environment.service.NoRoomException;
import dev.datapipeline.environment.store.Environment;
import dev.datapipeline.environment.store.EnvironmentClaims;
import dev.datapipeline.environment.store.Obstacle;
import dev.datapipeline.environment.store.StepState.StepStatus;
import dev.datapipeline.environment.wheel.IndexUnreachableException;
import dev.datapipeline.environment.worker.EnvironmentWorker.Attempt;
import dev.datapipeline.sandbox.ServiceInstance;
import dev.datapipeline.sandbox.engine.SandboxFailureException;
import jakarta.enterprise.event.Event;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.time.Duration;
import java.util.Set;
import org.jboss.logging.Logger;

/** Decides what becomes of an environment after an attempt at it, and announces ends that are committed. */
@Singleton
class BuildEnds {
    private static final Logger LOG = Logger.getLogger(BuildEnds.class);
    private static final Duration INITIAL_BACKOFF = Duration.ofSeconds(1);
    private static final int MAX_DOUBLINGS = 5;

    /** Crashes in a row after which another try is of no use: a single one may be an accident. */
    private static final int MAX_CRASHES = 3;

    /** Deaths of the service in a row: each may have other causes, but packages can bring it down as well. */
    private static final int MAX_DEATHS = 5;

    /** What an index says may change at any time, but hardly between two who ask at once. */
    private static final Duration MEMORY_OF_INDEX = Duration.ofMinutes(2);

    private static final Set<PackagesRefusal> REASONS_OF_INDEX = Set.of(
            PackagesRefusal.PACKAGE_NOT_FOUND, PackagesRefusal.PACKAGE_HAS_NO_WHEEL, PackagesRefusal.PACKAGE_TOO_NEW);

    private final EnvironmentClaims claims;
    private final EnvironmentMetrics metrics;
    private final Event<EnvironmentEnded> ended;
    private final String owner;

    BuildEnds(
            EnvironmentClaims claims,
            EnvironmentMetrics metrics,
            Event<EnvironmentEnded> ended,
            ServiceInstance instance) {
        this.claims = claims;
        this.metrics = metrics;
        this.ended = ended;
        this.owner = instance.owner();
    }

    boolean locked(Attempt attempt, Lock lock, Duration took) {
        metrics.resolved(took);
        return claims.locked(attempt.claim(), owner, lock, took);
    }

    void resolveAgain(Attempt attempt) {
        claims.resolveAgain(attempt.claim(), owner);
    }

    void built(Attempt attempt, Environment.Files files, Duration took) {
        if (claims.built(attempt.claim(), owner, files, took)) {
            metrics.built(took);
            LOG.infof("%s is ready: %,d bytes", attempt.claim(), files.size());
            ended.fire(new EnvironmentEnded(attempt.claim().id()));
        }
    }

    void refused(Attempt attempt, PackagesRefusedException refused) {
        Duration memory = REASONS_OF_INDEX.contains(refused.refusal()) ? MEMORY_OF_INDEX : Duration.ZERO;
        fail(attempt, new Environment.Failure(refused.code(), String.valueOf(refused.getMessage())), memory);
    }

    private void fail(Attempt attempt, Environment.Failure failure, Duration memory) {
        attempt.log().line(failure.toString());
        attempt.end(StepStatus.FAILED);
        if (claims.failed(attempt.claim(), owner, failure, memory)) {
            metrics.failed();
            LOG.infof("%s has failed: %s", attempt.claim(), failure.code());
            ended.fire(new EnvironmentEnded(attempt.claim().id()));
        }
    }

    void indexAway(Attempt attempt, IndexUnreachableException away) {
        delay(attempt, Obstacle.INDEX, away.text());
    }

    void sandboxFailed(Attempt attempt, SandboxFailureException failed) {
        String reason = String.valueOf(failed.getMessage());
        switch (failed.failure()) {
            case DOCKER, IMAGE, ISOLATION, CLOSED -> delay(attempt, Obstacle.DOCKER, reason);
            case NO_SPACE -> delay(attempt, Obstacle.DISK, reason);
            case ENGINE_DIED, PROTOCOL_VIOLATION -> crashed(attempt, reason);
        }
    }

    void diskFailed(Attempt attempt, IOException failed) {
        if (failed instanceof NoRoomException full) {
            delay(attempt, Obstacle.DISK, String.valueOf(full.getMessage()));
            return;
        }
        LOG.warnf(failed, "%s: its files cannot be read or written", attempt.claim());
        delay(attempt, Obstacle.DISK, "Its files cannot be read or written; the log of the service says why.");
    }

    /** Something is wrong that nobody has foreseen: tried again a few times. */
    void crashed(Attempt attempt, String reason) {
        if (attempt.claim().setbacks().crashes() + 1 >= MAX_CRASHES) {
            giveUp(attempt, "%s Given up after %d tries.".formatted(reason, MAX_CRASHES));
            return;
        }
        delay(attempt, Obstacle.SERVICE, reason);
    }

    /** Gives up an environment during whose attempts the service has ended again and again; returns whether it has. */
    boolean givesUpAfterDeaths(Attempt attempt) {
        boolean isHopeless = attempt.claim().setbacks().deaths() >= MAX_DEATHS;
        if (isHopeless) {
            giveUp(attempt, "The service has ended %d times in a row while it was prepared.".formatted(MAX_DEATHS));
        }
        return isHopeless;
    }

    private void giveUp(Attempt attempt, String reason) {
        fail(attempt, new Environment.Failure(PackagesRefusal.ENVIRONMENT_FAILED.name(), reason), Duration.ZERO);
    }

    private void delay(Attempt attempt, Obstacle obstacle, String reason) {
        attempt.log().line("It is tried again: " + reason);
        attempt.end(StepStatus.WAITING);
        int doublings = Math.min(attempt.claim().setbacks().failures(), MAX_DOUBLINGS);
        Duration delay = INITIAL_BACKOFF.multipliedBy(1L << doublings);
        LOG.warnf("%s waits, %s: %s", attempt.claim(), obstacle, reason);
        claims.delay(attempt.claim(), owner, new Environment.Waiting(obstacle, reason), delay);
    }

    /** The service stops, or another worker has the environment. */
    void interrupted(Attempt attempt) {
        attempt.end(StepStatus.WAITING);
        claims.release(attempt.claim(), owner);
    }
}
