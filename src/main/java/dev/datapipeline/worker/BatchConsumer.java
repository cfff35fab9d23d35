package dev.datapipeline.worker;

import dev.datapipeline.database.DatabaseException;
import dev.datapipeline.run.BatchId;
import dev.datapipeline.run.RunSpec;
import dev.datapipeline.run.service.RunService;
import dev.datapipeline.run.service.RunSpecCache;
import dev.datapipeline.run.store.batch.BatchClaim;
import dev.datapipeline.run.store.batch.BatchOutcome;
import dev.datapipeline.run.store.batch.BatchOutcome.Broken;
import dev.datapipeline.run.store.batch.FinishResult;
import dev.datapipeline.run.store.batch.FinishResult.Finish;
import dev.datapipeline.sandbox.engine.PipelineRefusedException;
import dev.datapipeline.sandbox.engine.SandboxFailureException;
import dev.datapipeline.time.Deadline;
import dev.datapipeline.time.Ticker;
import dev.datapipeline.worker.dispatch.BatchDispatcher;
import io.micrometer.core.instrument.Timer;
import io.smallrye.reactive.messaging.annotations.Blocking;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import org.eclipse.microprofile.reactive.messaging.Incoming;
import org.jboss.logging.Logger;

/** Receives ids of batches that may be pending: claims a batch, runs it and ends it. */
@Singleton
public class BatchConsumer {
    private static final Logger LOG = Logger.getLogger(BatchConsumer.class);
    /** After this time no further batch is claimed with the end of one, since the messaging library expects messages to be finished. */
    private static final Duration MAX_TURN = Duration.ofSeconds(10);

    private final LeaseRenewer leases;
    private final BatchRunner work;
    private final BatchDispatcher dispatcher;
    private final RunSpecCache specs;
    private final RunService runs;
    private final WorkerConfig config;
    private final BatchMetrics metrics;

    BatchConsumer(
            LeaseRenewer leases,
            BatchRunner work,
            BatchDispatcher dispatcher,
            RunSpecCache specs,
            RunService runs,
            WorkerConfig config,
            BatchMetrics metrics) {
        this.leases = leases;
        this.work = work;
        this.dispatcher = dispatcher;
        this.specs = specs;
        this.runs = runs;
        this.config = config;
        this.metrics = metrics;
    }

    /** The same id may come any number of times, since only a claim starts an attempt. Goes on with the next batch after each. */
    @Incoming("pending-batches")
    @Blocking(value = "batch-workers", ordered = false)
    public void consume(BatchId id) {
        Deadline turn = Ticker.system().deadlineIn(MAX_TURN);
        Optional<BatchAttempt> claimed = claim(id);
        while (claimed.isPresent()) {
            claimed = run(claimed.get(), turn);
        }
    }

    private Optional<BatchAttempt> claim(BatchId id) {
        Optional<BatchAttempt> claimed = Optional.empty();
        try {
            claimed = dispatcher.isOpen() ? leases.claim(id) : Optional.empty();
        } catch (DatabaseException away) {
            LOG.warnf("batch %s/%d waits for the database: %s", id.run(), id.number(), away.getMessage());
        } catch (RuntimeException failed) {
            LOG.errorf(failed, "batch %s/%d could not be claimed", id.run(), id.number());
        } finally {
            if (claimed.isEmpty()) {
                dispatcher.release(id);
            }
        }
        return claimed;
    }

    /** Returns the attempt at the next batch, which was claimed with the end of this one. */
    private Optional<BatchAttempt> run(BatchAttempt claimed, Deadline turn) {
        Timer.Sample duration = metrics.claimed();
        try (LogContext context = LogContext.of(claimed.claim())) {
            return runAndClose(claimed, turn, context);
        } finally {
            metrics.over(duration);
            dispatcher.release(claimed.claim().id());
        }
    }

    private Optional<BatchAttempt> runAndClose(BatchAttempt claimed, Deadline turn, LogContext context) {
        try (BatchAttempt attempt = claimed) {
            return attempt(attempt, turn, context);
        } catch (DatabaseException away) {
            LOG.warnf("the end of the attempt waits for the database: %s", away.getMessage());
        } catch (RuntimeException failed) {
            LOG.error("attempt failed, the batch runs again when its lease expires", failed);
        }
        return Optional.empty();
    }

    private Optional<BatchAttempt> attempt(BatchAttempt attempt, Deadline turn, LogContext context) {
        UUID run = attempt.claim().id().run();
        try {
            Optional<RunSpec> spec = specs.get(run, attempt.claim().retries());
            if (spec.isPresent()) {
                return finish(attempt, work.run(spec.get(), attempt, context), turn);
            }
            LOG.info("nothing to do, the run is gone or was retried since");
        } catch (PipelineRefusedException refused) {
            runs.pipelineRejected(run, refused.error());
        } catch (SandboxFailureException failed) {
            sandboxFailed(attempt, failed);
        } catch (RunTooLargeException tooLarge) {
            runs.giveUp(run, tooLarge.reason());
        } catch (IOException failed) {
            infrastructureFailed(attempt, "STORAGE_FAILED", failed);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException bug) {
            if (bug instanceof DatabaseException away && away.passes()) {
                throw away;
            }
            LOG.error("attempt failed because of a bug", bug);
            infrastructureFailed(attempt, "SERVICE_FAILED", bug);
        }
        return Optional.empty();
    }

    private Optional<BatchAttempt> finish(BatchAttempt attempt, BatchOutcome outcome, Deadline turn) {
        Optional<BatchId> following = turn.isOver()
                ? Optional.empty()
                : dispatcher.takeNext(attempt.claim().id());
        Optional<BatchAttempt> next = Optional.empty();
        try {
            FinishResult<BatchAttempt> result = leases.finish(attempt, outcome, following);
            next = result.next();
            report(attempt, result.finish());
        } finally {
            if (next.isEmpty()) {
                following.ifPresent(dispatcher::release);
            }
        }
        return next;
    }

    private void sandboxFailed(BatchAttempt attempt, SandboxFailureException failed) {
        switch (failed.failure()) {
            case CLOSED -> LOG.debug("the sandbox was released because the run has ended or the attempt was aborted");
            case PROTOCOL_VIOLATION ->
                report(attempt, attempt.finish(new Broken("PROTOCOL_VIOLATION", failed.getMessage())));
            case ENGINE_DIED -> engineDied(attempt, failed);
            case DOCKER -> infrastructureFailed(attempt, "DOCKER_UNAVAILABLE", failed);
            case NO_SPACE -> infrastructureFailed(attempt, "DOCKER_NO_SPACE", failed);
            case IMAGE -> infrastructureFailed(attempt, "IMAGE_UNAVAILABLE", failed);
            case ISOLATION -> infrastructureFailed(attempt, "SANDBOX_NOT_ISOLATED", failed);
        }
    }

    /** A single death may be an accident; repeated ones are probably caused by the scripts. */
    private void engineDied(BatchAttempt attempt, SandboxFailureException failed) {
        BatchClaim claim = attempt.claim();
        if (claim.engineDeaths() + 1 < config.maxEngineDeaths()) {
            LOG.warnf("engine died, trying again: %s", failed.getMessage());
            metrics.engineDied();
            attempt.engineDied(Backoff.pause(config, claim.attempt()), failed.getMessage());
            return;
        }
        report(attempt, attempt.finish(new Broken("ENGINE_DIED", failed.getMessage())));
    }

    /** @param code for programs; the message of the failure tells people what to do */
    private void infrastructureFailed(BatchAttempt attempt, String code, Exception failed) {
        UUID run = attempt.claim().id().run();
        String reason = code + ": " + failed.getMessage();
        metrics.infrastructureFailed();
        int times = attempt.infrastructureFailed(
                Backoff.pause(config, attempt.claim().attempt()), reason);
        LOG.warnf("infrastructure failed, %d times so far: %s", times, reason);
        if (times >= config.maxInfrastructureFailures()) {
            runs.giveUp(run, "%s Given up after %d tries.".formatted(reason, times));
        }
    }

    /** Counts and announces an end that is committed. */
    private void report(BatchAttempt attempt, Finish finish) {
        metrics.finished(finish);
        switch (finish) {
            case LOST -> LOG.info("results dropped, the run is final or another attempt has the batch");
            case RECORDED -> LOG.debug("finished");
            case RUN_ENDED -> fireRunEnded(attempt.claim().id().run());
        }
    }

    /** If this fails, the next sweep of the dispatcher announces the end. */
    private void fireRunEnded(UUID run) {
        try {
            runs.ended(run);
        } catch (RuntimeException failed) {
            LOG.error("the end of the run could not be announced", failed);
        }
    }
}
