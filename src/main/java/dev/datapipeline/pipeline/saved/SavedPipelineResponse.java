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

/** A saved pipeline in one of its versions. */
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
        Instant updatedAt) {

    static SavedPipelineResponse of(SavedPipeline pipeline, SavedPipelineVersion version) {
        Pipeline definition = version.definition;
        return new SavedPipelineResponse(
                pipeline.id,
                definition.name(),
                definition.description(),
                version.id.version(),
                definition.steps(),
                definition.llm(),
                definition.environment(),
                version.environmentId,
                pipeline.createdAt,
                pipeline.updatedAt);
    }
}
