package dev.datapipeline.dataset;

import dev.datapipeline.problem.ProblemException;
import dev.datapipeline.project.CurrentAccess;
import jakarta.inject.Singleton;
import java.util.UUID;

/** The datasets that the caller of a request may reach: the one place where an id that a client names becomes a dataset. */
@Singleton
public class VisibleDatasets {
    private static final String WHAT = "dataset";

    private final DatasetService datasets;
    private final CurrentAccess access;

    VisibleDatasets(DatasetService datasets, CurrentAccess access) {
        this.datasets = datasets;
        this.access = access;
    }

    /** @throws ProblemException NOT_FOUND where the caller may not see it, ROLE_TOO_LOW where the caller may only see it */
    public Dataset find(UUID id) {
        Dataset dataset = datasets.find(id).orElseThrow(() -> ProblemException.notFound(WHAT));
        access.get().enter(dataset.projectId(), WHAT);
        return dataset;
    }
}
