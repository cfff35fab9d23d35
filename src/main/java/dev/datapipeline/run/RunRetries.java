package dev.datapipeline.run;

import dev.datapipeline.pipeline.ScriptChecks;
import dev.datapipeline.problem.ProblemException;
import dev.datapipeline.problem.ProblemType;
import jakarta.inject.Singleton;
import java.util.UUID;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/** Runs again what did not succeed: the same run, its next go. */
@Singleton
class RunRetries {
    private static final Logger LOG = Logger.getLogger(RunRetries.class);

    private final RunService runs;
    private final RunPlans plans;
    private final RunLooks looks;
    private final PipelineChoice choice;
    private final ScriptChecks checks;
    private final Transactions transactions;
    private final BatchDispatcher dispatcher;

    RunRetries(
            RunService runs,
            RunPlans plans,
            RunLooks looks,
            PipelineChoice choice,
            ScriptChecks checks,
            Transactions transactions,
            BatchDispatcher dispatcher) {
        this.runs = runs;
        this.plans = plans;
        this.looks = looks;
        this.choice = choice;
        this.checks = checks;
        this.transactions = transactions;
        this.dispatcher = dispatcher;
    }

    /** @throws ProblemException NOT_FOUND, CONFLICT, or whatever is wrong with the pipeline */
    Run retry(UUID id, @Nullable RetryRequest request) {
        Run run = runs.find(id);
        refuse(new RetryRows.Before(run.status, run.failed + run.cancelled));
        ChosenPipeline corrected = request == null || !request.namesPipeline() ? null : corrected(id, request);
        String steps = corrected == null ? null : runs.steps(corrected.pipeline());
        if (corrected != null) {
            // The end of a run is told after its commit: sandboxes with the old scripts may still be there.
            runs.ended(id);
        }
        transactions.run(connection -> {
            refuse(RetryRows.lock(connection, id).orElseThrow(() -> ProblemException.notFound("run")));
            RetryRows.open(connection, id, corrected, steps);
            return id;
        });
        plans.forget(id);
        looks.changed(id);
        dispatcher.submitted(id, run.maxParallelBatches);
        LOG.infof("run %s is retried: %d records run again", id, run.failed + run.cancelled);
        return runs.find(id);
    }

    private static void refuse(RetryRows.Before before) {
        if (before.allowsRetry()) {
            return;
        }
        String message = before.status().isFinal()
                ? "Every record of the run has succeeded or was skipped; there is nothing to retry."
                : "The run is %s; wait for its end or cancel it first.".formatted(before.status());
        throw new ProblemException(ProblemType.CONFLICT, message);
    }

    private ChosenPipeline corrected(UUID id, RetryRequest request) {
        ChosenPipeline chosen = choice.choose(request.pipeline(), request.pipelineId(), request.pipelineVersion());
        RunPlan plan = plans.find(id).orElseThrow(() -> ProblemException.notFound("run"));
        RetryRules.check(plan.pipeline().steps(), chosen.pipeline().engineSteps(), "/pipeline");
        checks.check(chosen.pipeline(), "/pipeline");
        return chosen;
    }
}
