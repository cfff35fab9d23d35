package dev.datapipeline.run.service;

import dev.datapipeline.database.DatabaseException;
import dev.datapipeline.database.Transactions;
import dev.datapipeline.environment.service.EnvironmentEnded;
import dev.datapipeline.environment.service.EnvironmentFiles;
import dev.datapipeline.environment.service.Environments;
import dev.datapipeline.environment.store.Environment;
import dev.datapipeline.run.RunChanges;
import dev.datapipeline.run.event.RunEnvironmentMissing;
import dev.datapipeline.run.event.RunSubmitted;
import dev.datapipeline.run.event.RunWaits;
import dev.datapipeline.run.store.WaitTransitions;
import dev.datapipeline.sandbox.engine.SandboxFailure;
import dev.datapipeline.sandbox.engine.SandboxFailureException;
import io.quarkus.scheduler.Scheduled;
import io.quarkus.scheduler.Scheduled.ConcurrentExecution;
import jakarta.enterprise.event.Event;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.UUID;
import org.jboss.logging.Logger;

/**
 * Lets runs wait for their environments: a run whose environment is ready goes on at once, one whose environment has failed fails before any
 * record. A sweep does the same for ends that were not noticed.
 */
@Singleton
class RunEnvironments implements EnvironmentCheck {
    private static final Logger LOG = Logger.getLogger(RunEnvironments.class);

    private final Environments environments;
    private final EnvironmentFiles files;
    private final RunService runs;
    private final RunChanges changes;
    private final Transactions transactions;
    private final Event<RunSubmitted> submitted;

    RunEnvironments(
            Environments environments,
            EnvironmentFiles files,
            RunService runs,
            RunChanges changes,
            Transactions transactions,
            Event<RunSubmitted> submitted) {
        this.environments = environments;
        this.files = files;
        this.runs = runs;
        this.changes = changes;
        this.transactions = transactions;
        this.submitted = submitted;
    }

    void ended(@Observes EnvironmentEnded ended) {
        settle(ended.environment());
    }

    /** The environment may have failed before the run was there. */
    void waits(@Observes RunWaits waits) {
        settle(waits.environment());
    }

    /** The files are compared with their manifest before another sandbox uses them. */
    void missing(@Observes RunEnvironmentMissing missing) {
        transactions
                .run(transaction -> WaitTransitions.environment(transaction, missing.run()))
                .ifPresent(files::checkAgain);
    }

    @Scheduled(every = "5s", delayed = "5s", concurrentExecution = ConcurrentExecution.SKIP)
    void sweep() {
        try {
            transactions.run(WaitTransitions::notBeingBuilt).forEach(this::settle);
        } catch (DatabaseException away) {
            LOG.warnf("waiting runs could not be read, trying again in 5 s: %s", away.getMessage());
        }
    }

    private void settle(UUID id) {
        Environment environment = environments.find(id);
        switch (environment.status()) {
            case RESOLVING, BUILDING -> LOG.debugf("environment %s is not ready yet", id);
            case READY -> goOn(id);
            case EVICTED -> environments.keep(id);
            case FAILED -> fail(environment);
        }
    }

    private void goOn(UUID environment) {
        List<RunSubmitted> going = transactions.run(transaction -> WaitTransitions.goOn(transaction, environment));
        for (RunSubmitted run : going) {
            changes.changed(run.run());
            submitted.fire(run);
        }
    }

    private void fail(Environment environment) {
        String reason = String.valueOf(environment.failure());
        transactions
                .run(transaction -> WaitTransitions.waiting(transaction, environment.id()))
                .forEach(run -> runs.giveUp(run, reason));
    }

    @Override
    public void requireUsable(UUID environment, String folder) throws SandboxFailureException, InterruptedException {
        if (files.isUsable(environment, folder)) {
            return;
        }
        transactions
                .run(transaction -> WaitTransitions.hold(transaction, environment))
                .forEach(run -> changes.changed(run.run()));
        throw new SandboxFailureException(SandboxFailure.CLOSED, "The files of the environment are made again.", null);
    }
}
