package dev.datapipeline.run.service;

import dev.datapipeline.database.Transaction;
import dev.datapipeline.database.Transactions;
import dev.datapipeline.environment.service.Environments;
import dev.datapipeline.llm.options.GrantedModels;
import dev.datapipeline.pipeline.ResolvedPipeline;
import dev.datapipeline.problem.ProblemException;
import dev.datapipeline.problem.ProblemType;
import dev.datapipeline.run.Run;
import dev.datapipeline.run.RunChanges;
import dev.datapipeline.run.RunEnvironment;
import dev.datapipeline.run.RunRef;
import dev.datapipeline.run.event.RunSubmitted;
import dev.datapipeline.run.event.RunWaits;
import dev.datapipeline.run.store.RetryRepository;
import dev.datapipeline.run.store.WaitTransitions;
import dev.datapipeline.run.store.attempt.RunAttempts;
import dev.datapipeline.sandbox.engine.pipeline.StepOutline;
import jakarta.enterprise.event.Event;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.UUID;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/** Retries runs: records that did not succeed run again, in the same run. */
@Singleton
public class RunRetries {
    private static final Logger LOG = Logger.getLogger(RunRetries.class);

    private final RunService runs;
    private final RunSpecCache specs;
    private final Environments environments;
    private final RunChanges changes;
    private final Transactions transactions;
    private final Event<Object> events;

    RunRetries(
            RunService runs,
            RunSpecCache specs,
            Environments environments,
            RunChanges changes,
            Transactions transactions,
            Event<Object> events) {
        this.runs = runs;
        this.specs = specs;
        this.environments = environments;
        this.changes = changes;
        this.transactions = transactions;
        this.events = events;
    }

    /** Says what changes with a retry, once it is known that the run may be retried. */
    public interface Correction {
        RetryChange of(Run run, List<StepOutline> steps);
    }

    /**
     * Opens a final run again.
     *
     * @param cause id of the only cause whose records run again; null for all that did not succeed
     * @param correction null changes nothing; called only if the run may be retried
     * @throws ProblemException NOT_FOUND, CONFLICT, or what the correction throws
     */
    public Run retry(RunRef ref, @Nullable String cause, @Nullable Correction correction) {
        UUID id = ref.id();
        Run run = runs.find(ref);
        reject(new RetryRepository.State(run.status, run.failed + run.cancelled));
        RetryChange change = correction == null ? RetryChange.NONE : correction.of(run, specs.outline(ref));
        ResolvedPipeline corrected = change.pipeline();
        String steps = corrected == null ? null : runs.steps(corrected.pipeline());
        UUID environment = environment(run, change);
        GrantedModels models = change.models();
        boolean waits = runs.quotas()
                .opening(
                        run.projectId,
                        id,
                        models == null ? null : models.budget(),
                        () -> transactions.run(transaction -> {
                            reject(RetryRepository.lock(transaction, id)
                                    .orElseThrow(() -> ProblemException.notFound("run")));
                            RunAttempts.keep(transaction, id, corrected != null);
                            int batches = RetryRepository.open(transaction, id, cause, corrected, steps);
                            reject(batches, RetryRepository.keepsTooManyFailures(transaction, id));
                            allowModels(transaction, run, change);
                            return setEnvironment(transaction, run, change, environment);
                        }));
        changes.changed(id);
        events.fire(
                environment != null && waits
                        ? new RunWaits(id, environment)
                        : new RunSubmitted(id, run.maxParallelBatches));
        Run retried = runs.find(ref);
        LOG.infof("run %s is retried: %d records run again", id, retried.pending());
        return retried;
    }

    /** The environment from now on, whose files are made again where they were removed; null where no packages are needed. */
    private @Nullable UUID environment(Run run, RetryChange change) {
        if (change.pipeline() == null) {
            return run.environmentId == null ? null : environments.keepOrAsk(run.environmentId);
        }
        return change.environment() == null ? null : change.environment().id();
    }

    /** Returns whether the run waits for its environment. */
    private boolean setEnvironment(Transaction transaction, Run run, RetryChange change, @Nullable UUID environment) {
        if (change.pipeline() == null) {
            return environment != null
                    && WaitTransitions.set(transaction, run.id, environment, run.packages, run.memoryMegabytes);
        }
        RunEnvironment corrected = change.environment();
        return WaitTransitions.set(
                transaction,
                run.id,
                environment,
                corrected == null ? null : runs.packages(corrected),
                corrected == null ? null : corrected.memoryMegabytes());
    }

    private void allowModels(Transaction transaction, Run run, RetryChange change) {
        GrantedModels models = change.models();
        if (models == null) {
            return;
        }
        RetryRepository.allowModels(transaction, run.id, runs.models(models, run.projectId));
        if (change.setsBudget()) {
            RunBudgets.set(transaction, run.id, models.budget(), "/llm/budget");
        } else {
            RunBudgets.setMissing(transaction, run.id, models.budget());
        }
    }

    private static void reject(RetryRepository.State state) {
        if (state.allowsRetry()) {
            return;
        }
        throw new ProblemException(
                ProblemType.CONFLICT,
                switch (state.status()) {
                    case QUEUED, RUNNING ->
                        "The run is %s; wait for its end or cancel it first.".formatted(state.status());
                    case PAUSED -> "The run is PAUSED; resume or cancel it first.";
                    case SUCCEEDED, PARTIAL, FAILED, CANCELLED ->
                        "Every record of the run has succeeded or was skipped; there is nothing to retry.";
                });
    }

    private static void reject(int batches, boolean keepsTooManyFailures) {
        if (batches == 0) {
            throw new ProblemException(
                    ProblemType.CONFLICT,
                    "No record of the run failed for this cause. Choose a cause from the failures of the run.");
        }
        if (keepsTooManyFailures) {
            throw new ProblemException(
                    ProblemType.CONFLICT,
                    "The failures of other causes alone are more than the run tolerates. Retry without a cause, so that all failed records run again.");
        }
    }
}
