package dev.datapipeline.worker;

import dev.datapipeline.run.service.RunService;
import dev.datapipeline.run.store.batch.BatchClaim;
import dev.datapipeline.run.store.batch.BatchOutcome.Broken;
import dev.datapipeline.run.store.batch.FinishResult.Finish;
import dev.datapipeline.sandbox.engine.SandboxFailureException;
import dev.datapipeline.sandbox.engine.pipeline.PipelineRefusedException;
import dev.datapipeline.worker.result.RunTooLargeException;
import jakarta.inject.Singleton;
import java.util.UUID;
import org.jboss.logging.Logger;

/** Decides what becomes of batches and runs whose attempts failed, and announces ends that are committed. */
@Singleton
class AttemptEnds {
    private static final Logger LOG = Logger.getLogger(AttemptEnds.class);
    private static final String ENVIRONMENT_MISSING = "ENVIRONMENT_MISSING";

    private final RunService runs;
    private final WorkerConfig config;
    private final BatchMetrics metrics;

    AttemptEnds(RunService runs, WorkerConfig config, BatchMetrics metrics) {
        this.runs = runs;
        this.config = config;
        this.metrics = metrics;
    }

    void pipelineRefused(BatchAttempt attempt, PipelineRefusedException refused) {
        if (refused.error().tellsOfMissingEnvironment()) {
            runs.environmentMissing(attempt.claim().id().run());
            infrastructureFailed(attempt, ENVIRONMENT_MISSING, refused);
            return;
        }
        runs.pipelineRejected(attempt.claim().id().run(), refused.error());
    }

    void runTooLarge(BatchAttempt attempt, RunTooLargeException tooLarge) {
        runs.giveUp(attempt.claim().id().run(), tooLarge.reason());
    }

    void sandboxFailed(BatchAttempt attempt, SandboxFailureException failed) {
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
    void infrastructureFailed(BatchAttempt attempt, String code, Exception failed) {
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
    void report(BatchAttempt attempt, Finish finish) {
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
