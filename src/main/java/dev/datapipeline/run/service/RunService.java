package dev.datapipeline.run.service;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.datapipeline.database.Transactions;
import dev.datapipeline.environment.options.EnvironmentOptions;
import dev.datapipeline.llm.options.GrantedModels;
import dev.datapipeline.pipeline.Pipeline;
import dev.datapipeline.problem.ProblemException;
import dev.datapipeline.problem.ProblemType;
import dev.datapipeline.project.quota.ProjectQuotas;
import dev.datapipeline.result.ResultStore;
import dev.datapipeline.run.NewRun;
import dev.datapipeline.run.Run;
import dev.datapipeline.run.RunChanges;
import dev.datapipeline.run.RunEnvironment;
import dev.datapipeline.run.RunRef;
import dev.datapipeline.run.RunStatus;
import dev.datapipeline.run.WaitsFor;
import dev.datapipeline.run.admission.Admission;
import dev.datapipeline.run.event.RunDeleted;
import dev.datapipeline.run.event.RunEnded;
import dev.datapipeline.run.event.RunEnvironmentMissing;
import dev.datapipeline.run.event.RunSubmitted;
import dev.datapipeline.run.event.RunWaits;
import dev.datapipeline.run.store.RunRepository;
import dev.datapipeline.run.store.RunTransitions;
import dev.datapipeline.sandbox.engine.ScriptError;
import io.quarkus.narayana.jta.QuarkusTransaction;
import jakarta.enterprise.event.Event;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/** Submits, cancels and deletes runs. Events are fired after the commit. */
@Singleton
public class RunService {
    private static final Logger LOG = Logger.getLogger(RunService.class);

    private final RunRepository runs;
    private final Admission admission;
    private final RunChanges changes;
    private final RunTransitions transitions;
    private final Transactions transactions;
    private final Event<Object> events;
    private final ResultStore results;
    private final RunConfig config;
    private final ObjectMapper mapper;

    RunService(
            RunRepository runs,
            Admission admission,
            RunChanges changes,
            RunTransitions transitions,
            Transactions transactions,
            Event<Object> events,
            ResultStore results,
            RunConfig config,
            ObjectMapper mapper) {
        this.runs = runs;
        this.admission = admission;
        this.changes = changes;
        this.transitions = transitions;
        this.transactions = transactions;
        this.events = events;
        this.results = results;
        this.config = config;
        this.mapper = mapper;
    }

    /** Commits the run with its batches, then fires {@link RunSubmitted}. */
    public Run submit(NewRun newRun) {
        if (newRun.batches() > config.maxBatches()) {
            String message =
                    "%,d records in batches of %,d make %,d batches, more than the %,d allowed: choose a larger batch size."
                            .formatted(
                                    newRun.dataset().records(),
                                    newRun.options().batchSize(),
                                    newRun.batches(),
                                    config.maxBatches());
            throw ProblemException.invalidField(ProblemType.OUT_OF_RANGE, "/batchSize", message);
        }
        GrantedModels models = newRun.models();
        Run run = admission
                .quotas()
                .opening(
                        newRun.dataset().projectId(),
                        null,
                        models == null ? null : models.budget(),
                        () -> QuarkusTransaction.requiringNew().call(() -> insert(newRun)));
        announce(run);
        LOG.infof("run %s accepted: %d records in %d batches", run.id, run.records, run.batches);
        return find(run.ref());
    }

    private void announce(Run run) {
        UUID environment = run.environmentId;
        events.fire(
                environment == null || run.waitsFor == null
                        ? new RunSubmitted(run.id, run.maxParallelBatches)
                        : new RunWaits(run.id, environment));
    }

    /** The steps as JSON, as a run stores them. */
    String steps(Pipeline pipeline) {
        return json(pipeline.steps());
    }

    /** What scripts may call as JSON, as a run stores it. */
    String models(GrantedModels models, UUID project) {
        return json(models.access().in(project));
    }

    /** What was asked for of an environment as JSON, as a run stores it; null where that is nothing. */
    @Nullable
    String packages(RunEnvironment environment) {
        EnvironmentOptions options = environment.options();
        return options == null ? null : json(options.packages());
    }

    private String json(Object value) {
        try {
            return mapper.writeValueAsString(value);
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    ProjectQuotas quotas() {
        return admission.quotas();
    }

    private Run insert(NewRun newRun) {
        admission.check();
        GrantedModels models = newRun.models();
        RunEnvironment environment = newRun.environment();
        Run run = RunFactory.of(
                newRun,
                steps(newRun.pipeline().pipeline()),
                models == null ? null : models(models, newRun.dataset().projectId()),
                environment == null ? null : packages(environment));
        UUID needed = run.environmentId;
        if (needed != null) {
            run.waitsFor = runs.isReady(needed) ? null : WaitsFor.ENVIRONMENT;
        }
        runs.persistAndFlush(run);
        runs.insertBatches(run);
        if (models != null) {
            runs.insertBudget(run, models.budget().value());
        }
        return run;
    }

    /** @throws ProblemException NOT_FOUND */
    public Run find(RunRef run) {
        return QuarkusTransaction.requiringNew()
                .call(() -> runs.findByIdOptional(run.id()))
                .orElseThrow(() -> ProblemException.notFound("run"));
    }

    public Optional<Run> findByIdempotencyKey(UUID project, String key) {
        return QuarkusTransaction.requiringNew().call(() -> runs.findByIdempotencyKey(project, key));
    }

    /** Cancels an open run; does nothing when it was cancelled before. */
    public void cancel(RunRef ref) {
        UUID id = ref.id();
        if (stop(id, RunStatus.CANCELLED, null)) {
            return;
        }
        Run run = find(ref);
        if (run.status != RunStatus.CANCELLED) {
            throw new ProblemException(
                    ProblemType.CONFLICT,
                    "The run has ended already (%s). Only a queued or running run can be cancelled."
                            .formatted(run.status));
        }
    }

    /** Fails the run because the engine rejected its pipeline. */
    public void pipelineRejected(UUID id, ScriptError error) {
        String place = error.script() == null
                ? ""
                : error.line() == null ? error.script() + ": " : error.script() + ", line " + error.line() + ": ";
        stop(id, RunStatus.FAILED, place + error.type() + ": " + error.message());
    }

    /** A sandbox did not find the environment of the run: its files are checked before the next one uses them. */
    public void environmentMissing(UUID id) {
        events.fire(new RunEnvironmentMissing(id));
    }

    /** Fails the run because the infrastructure failed too often. */
    public void giveUp(UUID id, String reason) {
        stop(id, RunStatus.FAILED, reason);
    }

    /** Fires {@link RunEnded} for a run whose last batch has ended. */
    public void ended(UUID id) {
        events.fire(new RunEnded(id));
    }

    /** Removes a final run with its results. */
    public void delete(RunRef ref) {
        UUID id = ref.id();
        // One statement, so that only one of two concurrent requests deletes, and a run that was retried meanwhile
        // stays.
        List<RunStatus> open = Arrays.stream(RunStatus.values())
                .filter(status -> !status.isFinal())
                .toList();
        if (QuarkusTransaction.requiringNew().call(() -> runs.delete("id = ?1 and status not in ?2", id, open)) == 0) {
            throw new ProblemException(
                    ProblemType.CONFLICT, "The run is %s; cancel it first.".formatted(find(ref).status));
        }
        changes.changed(id);
        try {
            results.delete(id);
        } catch (IOException failed) {
            LOG.warnf("results of deleted run %s are still there: %s", id, failed.getMessage());
        }
        events.fire(new RunDeleted(id));
    }

    private boolean stop(UUID id, RunStatus status, @Nullable String reason) {
        boolean isStopped = transactions.run(connection -> transitions.stop(connection, id, status, reason));
        if (isStopped) {
            changes.changed(id);
            LOG.infof("run %s stopped: %s", id, status);
            ended(id);
        }
        return isStopped;
    }
}
