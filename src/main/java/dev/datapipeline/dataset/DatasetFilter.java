package dev.datapipeline.dataset;

import dev.datapipeline.http.paging.PointInTime;
import dev.datapipeline.listing.ListConditions;
import dev.datapipeline.project.ProjectAccess;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.jboss.resteasy.reactive.RestQuery;
import org.jspecify.annotations.Nullable;

/** Which datasets a client asks for. */
public final class DatasetFilter {
    @RestQuery
    @Parameter(description = "Text in the name, the note, a tag or the id, without regard to case")
    @Nullable
    String q;

    @RestQuery
    @Parameter(description = "The SHA-256 of the content, in hexadecimal")
    @Nullable
    String sha256;

    @RestQuery
    @Nullable
    String tag;

    @RestQuery
    @Nullable
    Boolean starred;

    @RestQuery
    @Parameter(description = "Uploaded at this time or later")
    @Nullable
    PointInTime since;

    @RestQuery
    @Parameter(description = "Uploaded before this time")
    @Nullable
    PointInTime until;

    /** @throws dev.datapipeline.problem.ProblemException INVALID_PARAMETER */
    ListConditions conditions(ProjectAccess access) {
        return new ListConditions()
                .where("d.projectId = :project", "project", access.project())
                .contains(
                        q,
                        "d.name",
                        "coalesce(d.labels.note, '')",
                        "array_to_string(d.labels.tags, ' ')",
                        "cast(d.id as string)")
                .tagged(tag, "d.labels.tags")
                .hexadecimal("d.sha256 = :sha256", "sha256", sha256)
                .where("d.labels.starred = :starred", "starred", starred)
                .where("d.createdAt >= :since", "since", since == null ? null : since.instant())
                .where("d.createdAt < :until", "until", until == null ? null : until.instant());
    }
}
