package dev.datapipeline.worker;

import dev.datapipeline.run.BatchClaim;
import dev.datapipeline.run.BatchDispatcher;
import dev.datapipeline.run.BatchId;
import dev.datapipeline.run.BatchLedger.Finish;
import dev.datapipeline.run.BatchOutcome.Broken;
import dev.datapipeline.run.DatabaseException;
import dev.datapipeline.run.RunPlans;
import dev.datapipeline.run.RunService;
import dev.datapipeline.sandbox.PipelineRefusedException;
import dev.datapipeline.sandbox.SandboxFailureException;
import io.micrometer.core.instrument.Timer;
import io.smallrye.reactive.messaging.annotations.Blocking;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.util.Optional;
import java.util.UUID;
import org.eclipse.microprofile.reactive.messaging.Incoming;
import org.jboss.logging.Logger;

/** Rung with the id of a batch that may wait: claims it, runs it, ends it. */
@ApplicationScoped
public class BatchConsumer {
    private static final Logger LOG = Logger.getLogger(BatchConsumer.class);

    private final Leases leases;
    private final BatchWork work;
    private final BatchDispatcher dispatcher;
    private final RunPlans plans;
    private final RunService runs;
    private final WorkerConfig config;
    private final BatchMetrics metrics;

    BatchConsumer(
            Leases leases,
            BatchWork work,
            BatchDispatcher dispatcher,
            RunPlans plans,
            RunService runs,
            WorkerConfig config,
            BatchMetrics metrics) {
        this.leases = leases;
        this.work = work;
        this.dispatcher = dispatcher;
        this.plans = plans;
        this.runs = runs;
        this.config = config;
        this.metrics = metrics;
    }

    /** Any number of times for the same id: only a claim makes it work. */
    @Incoming("waiting-batches")
    @Blocking(value = "batch-workers", ordered = false)
    public void consume(BatchId id) {
        try (LogContext context = LogContext.of(id)) {
            claimAndRun(id, context);
        } finally {
            dispatcher.done(id);
        }
    }

    private void claimAndRun(BatchId id, LogContext context) {
        try {
            Optional<BatchAttempt> claimed = dispatcher.isOpen() ? leases.claim(id) : Optional.empty();
            if (claimed.isPresent()) {
                Timer.Sample duration = metrics.claimed();
                context.attempt(claimed.get().claim().attempt());
                run(claimed.get(), context);
                metrics.over(duration);
            }
        } catch (DatabaseException away) {
            LOG.warnf("waits for the database: %s", away.getMessage());
        } catch (RuntimeException failed) {
            LOG.error("attempt failed, the lease will end", failed);
        }
    }

    private void run(BatchAttempt claimed, LogContext context) {
        try (BatchAttempt attempt = claimed) {
            UUID run = attempt.claim().id().run();
            try {
                settle(attempt, attempt.finish(work.run(plans.ofOpen(run), attempt, context)));
            } catch (PipelineRefusedException refused) {
                runs.refused(run, refused.error());
            } catch (SandboxFailureException failed) {
                sandboxFailed(attempt, failed);
            } catch (IOException failed) {
                disturbed(attempt, "STORAGE_FAILED", failed);
            } catch (InterruptedException interrupted) {
                Thread.currentThread().interrupt();
            } catch (RuntimeException bug) {
                if (bug instanceof DatabaseException away && away.passes()) {
                    throw away;
                }
                LOG.error("attempt failed by a mistake of ours", bug);
                disturbed(attempt, "SERVICE_FAILED", bug);
            }
        }
    }

    private void sandboxFailed(BatchAttempt attempt, SandboxFailureException failed) {
        switch (failed.failure()) {
            case CLOSED -> {
                LOG.debug("sandbox closed under the batch");
                plans.forget(attempt.claim().id().run());
            }
            case PROTOCOL_VIOLATION ->
                settle(attempt, attempt.finish(new Broken("PROTOCOL_VIOLATION", failed.getMessage())));
            case ENGINE_DIED -> engineDied(attempt, failed);
            case DOCKER -> disturbed(attempt, "DOCKER_UNAVAILABLE", failed);
            case NO_SPACE -> disturbed(attempt, "DOCKER_NO_SPACE", failed);
            case IMAGE -> disturbed(attempt, "IMAGE_UNAVAILABLE", failed);
            case ISOLATION -> disturbed(attempt, "SANDBOX_NOT_ISOLATED", failed);
        }
    }

    /** Once may be an accident; again and again it is what the scripts do to it. */
    private void engineDied(BatchAttempt attempt, SandboxFailureException failed) {
        BatchClaim claim = attempt.claim();
        if (claim.engineDeaths() + 1 < config.mostEngineDeaths()) {
            LOG.warnf("engine died, trying again: %s", failed.getMessage());
            metrics.engineDied();
            attempt.engineDied(Backoff.pause(config, claim.attempt()), failed.getMessage());
            return;
        }
        settle(attempt, attempt.finish(new Broken("ENGINE_DIED", failed.getMessage())));
    }

    /** @param code for programs; the message of the failure tells people what to do */
    private void disturbed(BatchAttempt attempt, String code, Exception failed) {
        UUID run = attempt.claim().id().run();
        String reason = code + ": " + failed.getMessage();
        metrics.disturbed();
        int times = attempt.disturbed(Backoff.pause(config, attempt.claim().attempt()), reason);
        LOG.warnf("disturbed %d times: %s", times, reason);
        if (times >= config.mostDisturbances()) {
            runs.giveUp(run, "%s Given up after %d tries.".formatted(reason, times));
        }
    }

    private void settle(BatchAttempt attempt, Finish finish) {
        metrics.finished(finish);
        switch (finish) {
            case LOST -> LOG.info("results dropped, the run is over or another attempt has it");
            case RECORDED -> LOG.debug("finished");
            case RUN_ENDED -> runs.ended(attempt.claim().id().run());
        }
    }
}
