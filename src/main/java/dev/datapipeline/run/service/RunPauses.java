package dev.datapipeline.run.service;

import dev.datapipeline.database.DatabaseException;
import dev.datapipeline.database.Transaction;
import dev.datapipeline.database.Transactions;
import dev.datapipeline.llm.budget.Budgets;
import dev.datapipeline.llm.ledger.ModelCalls;
import dev.datapipeline.llm.ledger.pause.RunMustPause;
import dev.datapipeline.llm.money.Picodollars;
import dev.datapipeline.problem.ProblemException;
import dev.datapipeline.problem.ProblemType;
import dev.datapipeline.run.PauseReason;
import dev.datapipeline.run.Run;
import dev.datapipeline.run.RunChanges;
import dev.datapipeline.run.RunRef;
import dev.datapipeline.run.RunStatus;
import dev.datapipeline.run.event.RunPaused;
import dev.datapipeline.run.event.RunSubmitted;
import dev.datapipeline.run.store.PauseTransitions;
import jakarta.enterprise.event.Event;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Stream;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Pauses runs whose model calls cannot go on, and resumes them.
 *
 * <p>The order of a pause: it is committed, the sandboxes of the run are released, its account is closed; only then the script is told that
 * its call is refused. What the script makes of it can therefore not become a result. A run is not resumed before all of that is over.
 */
@Singleton
public class RunPauses {
    private static final Logger LOG = Logger.getLogger(RunPauses.class);
    private static final int STRIPES = 64;
    private static final int TRIES = 10;
    private static final Duration BETWEEN_TRIES = Duration.ofMillis(500);

    private final Transactions transactions;
    private final RunService runs;
    private final RunChanges changes;
    private final ModelCalls calls;
    private final Event<RunPaused> paused;
    private final Event<RunSubmitted> submitted;
    private final Lock[] locks =
            Stream.generate(ReentrantLock::new).limit(STRIPES).toArray(Lock[]::new);

    RunPauses(
            Transactions transactions,
            RunService runs,
            RunChanges changes,
            ModelCalls calls,
            Event<RunPaused> paused,
            Event<RunSubmitted> submitted) {
        this.transactions = transactions;
        this.runs = runs;
        this.changes = changes;
        this.calls = calls;
        this.paused = paused;
        this.submitted = submitted;
    }

    /** Returns when no script of the run is at work any more, also where the pause could not be recorded. */
    void pause(@Observes RunMustPause demand) {
        UUID run = demand.run();
        Lock lock = lock(run);
        try {
            if (record(demand)) {
                changes.changed(run);
                LOG.infof("run %s is paused: %s", run, demand.message());
            }
        } finally {
            try {
                paused.fire(new RunPaused(run));
            } finally {
                calls.ended(run);
                lock.unlock();
            }
        }
    }

    /** Tries again while the database is away: without a record of the pause the run would go on. */
    private boolean record(RunMustPause demand) {
        Picodollars needed = demand.needed();
        PauseTransitions.Pause pause =
                new PauseTransitions.Pause(demand.reason(), needed == null ? null : needed.value(), demand.message());
        for (int attempt = 1; ; attempt++) {
            try {
                return transactions.run(transaction -> PauseTransitions.pause(transaction, demand.run(), pause));
            } catch (DatabaseException away) {
                if (attempt == TRIES || !away.passes() || !sleep()) {
                    throw away;
                }
            }
        }
    }

    /** Returns false when the thread was interrupted. */
    private static boolean sleep() {
        try {
            Thread.sleep(BETWEEN_TRIES);
            return true;
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    /**
     * Lets a paused run go on. The same request again changes nothing.
     *
     * @param budget that replaces the one of the run; null keeps that
     * @throws ProblemException NOT_FOUND, CONFLICT when the run is not paused, OUT_OF_RANGE when the budget is spent already
     */
    public Run resume(RunRef ref, @Nullable Picodollars budget) {
        UUID run = ref.id();
        Lock lock = lock(run);
        try {
            Optional<RunSubmitted> resumed = runs.quotas()
                    .spending(
                            runs.find(ref).projectId,
                            run,
                            budget,
                            () -> transactions.run(transaction -> resume(transaction, run, budget)));
            if (resumed.isPresent()) {
                calls.budgetChanged(run);
                changes.changed(run);
                submitted.fire(resumed.get());
                LOG.infof("run %s is resumed", run);
            }
        } finally {
            lock.unlock();
        }
        return runs.find(ref);
    }

    private static Optional<RunSubmitted> resume(Transaction transaction, UUID run, @Nullable Picodollars budget) {
        PauseTransitions.State state =
                PauseTransitions.lock(transaction, run).orElseThrow(() -> ProblemException.notFound("run"));
        if (state.status() != RunStatus.PAUSED) {
            requireResumedBefore(transaction, run, state, budget);
            return Optional.empty();
        }
        if (budget != null) {
            RunBudgets.set(transaction, run, budget, "/budget");
        } else if (state.reason() == PauseReason.BUDGET) {
            RunBudgets.requireMoreThanSpent(transaction, run);
        }
        PauseTransitions.resume(transaction, run);
        return Optional.of(new RunSubmitted(run, state.maxParallelBatches()));
    }

    /** A second click comes when the run is active already. */
    private static void requireResumedBefore(
            Transaction transaction, UUID run, PauseTransitions.State state, @Nullable Picodollars budget) {
        boolean isRepeated = state.status().isActive()
                && state.wasPaused()
                && (budget == null
                        || Budgets.read(transaction, run)
                                .filter(stored -> budget.equals(stored.amount()))
                                .isPresent());
        if (!isRepeated) {
            throw new ProblemException(
                    ProblemType.CONFLICT, "The run is %s; only a paused run can be resumed.".formatted(state.status()));
        }
    }

    private Lock lock(UUID run) {
        Lock lock = locks[Math.floorMod(run.hashCode(), STRIPES)];
        lock.lock();
        return lock;
    }
}
