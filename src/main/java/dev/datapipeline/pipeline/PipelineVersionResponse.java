package dev.datapipeline.pipeline;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** A version of a saved pipeline. */
@Schema(name = "PipelineVersion")
@JsonInclude(JsonInclude.Include.NON_NULL)
record PipelineVersionResponse(
        int version,
        Instant createdAt,
        String name,
        @Nullable String description,
        List<Step> steps) {

    static PipelineVersionResponse of(SavedPipelineVersion version) {
        Pipeline definition = version.definition;
        return new PipelineVersionResponse(
                version.id.version(),
                version.createdAt,
                definition.name(),
                definition.description(),
                definition.steps());
    }
}
