package dev.datapipeline.run.service;

import dev.datapipeline.problem.ProblemException;
import dev.datapipeline.run.Run;
import dev.datapipeline.run.RunRef;
import jakarta.inject.Singleton;
import java.util.UUID;

/**
 * The runs that a caller may see: the one place where an id that a caller names becomes a reference. There is one user, who sees every
 * run; who may see which run will be decided here.
 */
@Singleton
public class VisibleRuns {
    private final RunService runs;

    VisibleRuns(RunService runs) {
        this.runs = runs;
    }

    /** Does not read the run: whether it exists is found out by whoever reads it. */
    public RunRef ref(UUID id) {
        return new RunRef(id);
    }

    /** @throws ProblemException NOT_FOUND */
    public Run find(UUID id) {
        return runs.find(ref(id));
    }
}
