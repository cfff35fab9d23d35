package dev.datapipeline.pipeline.saved;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.datapipeline.environment.options.EnvironmentOptions;
import dev.datapipeline.llm.options.ModelOptions;
import dev.datapipeline.pipeline.Pipeline;
import dev.datapipeline.pipeline.Step;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** A saved pipeline in one of its versions, under the name that it had then; in the latest it may have been renamed since. */
@Schema(name = "SavedPipeline")
@JsonInclude(JsonInclude.Include.NON_NULL)
record SavedPipelineResponse(
        UUID id,
        String name,
        @Nullable String description,
        int version,
        List<Step> steps,
        @Nullable ModelOptions llm,
        @Nullable EnvironmentOptions environment,

        @Schema(description = "The environment of this version, with its locked packages; absent where it needs none")
        @Nullable
        UUID environmentId,

        Instant createdAt,
        Instant updatedAt,
        @Nullable String note,
        List<String> tags,
        boolean starred) {

    static SavedPipelineResponse of(SavedPipeline pipeline, SavedPipelineVersion version) {
        Pipeline definition = version.definition;
        return new SavedPipelineResponse(
                pipeline.id,
                version.id.version() == pipeline.version ? pipeline.name : definition.name(),
                definition.description(),
                version.id.version(),
                definition.steps(),
                definition.llm(),
                definition.environment(),
                version.environmentId,
                pipeline.createdAt,
                pipeline.updatedAt,
                pipeline.labels.note(),
                pipeline.labels.tags(),
                pipeline.labels.starred());
    }
}
