package dev.datapipeline.run.api;

import dev.datapipeline.environment.api.EnvironmentReports;
import dev.datapipeline.llm.report.RunCosts;
import dev.datapipeline.run.Run;
import jakarta.inject.Singleton;

/** Makes answers about runs, with what their model calls have cost and how far their environments are. */
@Singleton
public class RunAnswers {
    private final RunCosts costs;
    private final EnvironmentReports environments;

    public RunAnswers(RunCosts costs, EnvironmentReports environments) {
        this.costs = costs;
        this.environments = environments;
    }

    /** @param steps of its pipeline, as JSON */
    RunResponse of(Run run, String steps) {
        return RunResponse.of(run, steps, costs.of(run), environments.of(run.environmentId, run.createdAt));
    }
}
