package dev.datapipeline.pipeline.saved;

import dev.datapipeline.listing.ListConditions;
import dev.datapipeline.project.ProjectAccess;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.jboss.resteasy.reactive.RestQuery;
import org.jspecify.annotations.Nullable;

/** Which saved pipelines a client asks for. */
public final class PipelineFilter {
    @RestQuery
    @Parameter(description = "Text in the name, the note, a tag or the id, without regard to case")
    @Nullable
    String q;

    @RestQuery
    @Nullable
    String tag;

    @RestQuery
    @Nullable
    Boolean starred;

    /** @throws dev.datapipeline.problem.ProblemException INVALID_PARAMETER */
    ListConditions conditions(ProjectAccess access) {
        return new ListConditions()
                .where("p.projectId = :project", "project", access.project())
                .contains(
                        q,
                        "p.name",
                        "coalesce(p.labels.note, '')",
                        "array_to_string(p.labels.tags, ' ')",
                        "cast(p.id as string)")
                .tagged(tag, "p.labels.tags")
                .where("p.labels.starred = :starred", "starred", starred);
    }
}
