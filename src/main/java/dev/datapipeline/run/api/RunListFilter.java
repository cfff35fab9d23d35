package dev.datapipeline.run.api;

import dev.datapipeline.http.paging.PointInTime;
import dev.datapipeline.listing.ListConditions;
import dev.datapipeline.project.ProjectAccess;
import dev.datapipeline.run.RunStatus;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.jboss.resteasy.reactive.RestQuery;
import org.jspecify.annotations.Nullable;

/** Which runs a client asks for. */
public final class RunListFilter {
    @RestQuery
    @Parameter(
            description =
                    "Text in the name, the note, a tag, the name of the pipeline or the dataset, or the id, without regard to case")
    @Nullable
    String q;

    @RestQuery
    @Nullable
    RunStatus status;

    @RestQuery
    @Parameter(description = "The id of the dataset of the runs")
    @Nullable
    UUID dataset;

    @RestQuery
    @Parameter(description = "The id of the saved pipeline of the runs")
    @Nullable
    UUID pipeline;

    @RestQuery
    @Parameter(description = "The version of the saved pipeline")
    @Nullable
    Integer pipelineVersion;

    @RestQuery
    @Nullable
    String tag;

    @RestQuery
    @Nullable
    Boolean starred;

    @RestQuery
    @Parameter(description = "Submitted at this time or later")
    @Nullable
    PointInTime since;

    @RestQuery
    @Parameter(description = "Submitted before this time")
    @Nullable
    PointInTime until;

    /** @throws dev.datapipeline.problem.ProblemException INVALID_PARAMETER */
    ListConditions conditions(ProjectAccess access) {
        return new ListConditions()
                .where("r.projectId = :project", "project", access.project())
                .contains(
                        q,
                        "r.name",
                        "coalesce(r.labels.note, '')",
                        "array_to_string(r.labels.tags, ' ')",
                        "r.pipelineName",
                        "r.datasetName",
                        "cast(r.id as string)")
                .where("r.status = :status", "status", status)
                .where("r.datasetId = :dataset", "dataset", dataset)
                .where("r.pipelineId = :pipeline", "pipeline", pipeline)
                .where("r.pipelineVersion = :version", "version", pipelineVersion)
                .tagged(tag, "r.labels.tags")
                .where("r.labels.starred = :starred", "starred", starred)
                .where("r.createdAt >= :since", "since", since == null ? null : since.instant())
                .where("r.createdAt < :until", "until", until == null ? null : until.instant());
    }
}
