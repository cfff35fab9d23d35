package dev.datapipeline.submission;

import dev.datapipeline.llm.options.ModelOptionsRequest;
import dev.datapipeline.pipeline.PipelineRequest;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** Body of {@code POST /api/v1/runs/{id}/retry}; without a pipeline the run keeps its own. */
@Schema(
        description =
                "A corrected pipeline with the steps and stages of the run's own, or nothing to keep that; which records run again")
record RetryRequest(
        @Nullable UUID pipelineId,
        @Nullable Integer pipelineVersion,
        @Nullable PipelineRequest pipeline,

        @Schema(description = "Runs only the records again that failed for this cause: the id of a failure") @Nullable
        String cause,

        @Schema(description = "Which models scripts may call from now on; absent to keep what the run has") @Nullable
        ModelOptionsRequest llm) {
    boolean namesPipeline() {
        return pipelineId != null || pipelineVersion != null || pipeline != null;
    }
}
