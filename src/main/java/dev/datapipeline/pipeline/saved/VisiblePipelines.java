package dev.datapipeline.pipeline.saved;

import dev.datapipeline.problem.ProblemException;
import dev.datapipeline.project.CurrentAccess;
import dev.datapipeline.project.ProjectAccess;
import jakarta.inject.Singleton;
import java.util.UUID;

/** The saved pipelines that the caller of a request may reach: the one place where an id that a client names becomes a reference. */
@Singleton
public class VisiblePipelines {
    private static final String WHAT = "pipeline";

    private final PipelineService pipelines;
    private final CurrentAccess access;

    VisiblePipelines(PipelineService pipelines, CurrentAccess access) {
        this.pipelines = pipelines;
        this.access = access;
    }

    /** Of the request. */
    ProjectAccess access() {
        return access.get();
    }

    /** @throws ProblemException NOT_FOUND where the caller may not see it, ROLE_TOO_LOW where the caller may only see it */
    public PipelineRef ref(UUID id) {
        UUID project = pipelines.project(id).orElseThrow(() -> ProblemException.notFound(WHAT));
        access.get().enter(project, WHAT);
        return new PipelineRef(id);
    }
}
