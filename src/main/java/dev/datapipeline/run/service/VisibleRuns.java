package dev.datapipeline.run.service;

import dev.datapipeline.problem.ProblemException;
import dev.datapipeline.project.CurrentAccess;
import dev.datapipeline.project.ProjectAccess;
import dev.datapipeline.run.Run;
import dev.datapipeline.run.RunRef;
import jakarta.inject.Singleton;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The runs that the caller of a request may reach: the one place where an id that a client names becomes a reference. */
@Singleton
public class VisibleRuns {
    private static final String WHAT = "run";

    private final RunService runs;
    private final RunProjects projects;
    private final CurrentAccess access;

    VisibleRuns(RunService runs, RunProjects projects, CurrentAccess access) {
        this.runs = runs;
        this.projects = projects;
        this.access = access;
    }

    /**
     * In single-user mode the run is not read: whether it exists is found out by whoever reads it.
     *
     * @throws ProblemException NOT_FOUND where the caller may not see it, ROLE_TOO_LOW where the caller may only see it
     */
    public RunRef ref(UUID id) {
        ProjectAccess caller = access.get();
        if (!caller.isOfSingleUser()) {
            enter(caller, id);
        }
        return new RunRef(id);
    }

    /** What the caller may not see takes as long as what does not exist. */
    private void enter(ProjectAccess caller, UUID id) {
        UUID known = projects.known(id);
        UUID project = known != null && caller.sees(known)
                ? known
                : projects.read(id).orElseThrow(() -> ProblemException.notFound(WHAT));
        caller.enter(project, WHAT);
    }

    /** @throws ProblemException NOT_FOUND, ROLE_TOO_LOW */
    public Run find(UUID id) {
        Run run = runs.find(new RunRef(id));
        access.get().enter(run.projectId, WHAT);
        return run;
    }

    /** Never waits: null where the run has to be read first to find out, or may not be seen. */
    public @Nullable RunRef seenBefore(ProjectAccess caller, UUID id) {
        if (caller.isOfSingleUser()) {
            return new RunRef(id);
        }
        UUID project = projects.known(id);
        return project != null && caller.sees(project) ? new RunRef(id) : null;
    }
}
