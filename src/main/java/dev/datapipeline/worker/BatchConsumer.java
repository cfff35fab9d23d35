package dev.datapipeline.worker;

import dev.datapipeline.database.DatabaseException;
import dev.datapipeline.run.BatchId;
import dev.datapipeline.run.RunSpec;
import dev.datapipeline.run.service.RunSpecCache;
import dev.datapipeline.run.store.batch.BatchClaim;
import dev.datapipeline.run.store.batch.BatchOutcome;
import dev.datapipeline.run.store.batch.FinishResult;
import dev.datapipeline.sandbox.engine.SandboxFailureException;
import dev.datapipeline.sandbox.engine.pipeline.PipelineRefusedException;
import dev.datapipeline.time.Deadline;
import dev.datapipeline.time.Ticker;
import dev.datapipeline.worker.dispatch.BatchDispatcher;
import dev.datapipeline.worker.result.RunTooLargeException;
import io.smallrye.reactive.messaging.annotations.Blocking;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
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
    private final AttemptEnds ends;
    private final Ticker ticker;

    BatchConsumer(
            LeaseRenewer leases,
            BatchRunner work,
            BatchDispatcher dispatcher,
            RunSpecCache specs,
            AttemptEnds ends,
            Ticker ticker) {
        this.leases = leases;
        this.work = work;
        this.dispatcher = dispatcher;
        this.specs = specs;
        this.ends = ends;
        this.ticker = ticker;
    }

    /** The same id may come any number of times, since only a claim starts an attempt. Goes on with the next batch after each. */
    @Incoming("pending-batches")
    @Blocking(value = "batch-workers", ordered = false)
    public void consume(BatchId id) {
        Deadline turn = ticker.deadlineIn(MAX_TURN);
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
        try (LogContext context = LogContext.of(claimed.claim())) {
            return runAndClose(claimed, turn, context);
        } finally {
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
        BatchClaim claim = attempt.claim();
        try {
            Optional<RunSpec> spec = specs.get(claim.id().run(), claim.retries());
            if (spec.isPresent()) {
                return finish(attempt, work.run(spec.get(), attempt, context), turn);
            }
            LOG.info("nothing to do, the run is gone or was retried since");
        } catch (PipelineRefusedException refused) {
            ends.pipelineRefused(attempt, refused);
        } catch (SandboxFailureException failed) {
            ends.sandboxFailed(attempt, failed);
        } catch (RunTooLargeException tooLarge) {
            ends.runTooLarge(attempt, tooLarge);
        } catch (IOException failed) {
            ends.infrastructureFailed(attempt, "STORAGE_FAILED", failed);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException bug) {
            if (bug instanceof DatabaseException away && away.passes()) {
                throw away;
            }
            LOG.error("attempt failed because of a bug", bug);
            ends.infrastructureFailed(attempt, "SERVICE_FAILED", bug);
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
            ends.report(attempt, result.finish());
        } finally {
            if (next.isEmpty()) {
                following.ifPresent(dispatcher::release);
            }
        }
        return next;
    }
}
