package dev.datapipeline.run;

import com.fasterxml.jackson.databind.JsonNode;
import dev.datapipeline.pipeline.PipelineRequest;
import io.smallrye.common.annotation.Blocking;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** Tries a pipeline on a few records, through the same sandbox as a run, keeping nothing. */
@Path("/api/v1/try")
@Consumes(MediaType.APPLICATION_JSON)
@Produces(MediaType.APPLICATION_JSON)
@Blocking
@Tag(name = "pipelines")
public class TrialResource {
    private final Trials trials;

    TrialResource(Trials trials) {
        this.trials = trials;
    }

    /** @param records 1 to 100 JSON objects */
    @Schema(name = "TrialRequest")
    record TrialRequest(
            @Schema(required = true) @Nullable @NotNull PipelineRequest pipeline,
            @Schema(required = true, implementation = Map[].class) @Nullable @NotNull @Size(min = 1, max = 100) List<JsonNode> records) {}

    /** The shape of the answer; describes it, is never built. */
    @Schema(name = "Trial")
    record TrialShape(
            @Schema(required = true) List<RecordPage.RecordShape> records,
            @Schema(required = true, description = "What the scripts printed; lines begin with # and the index") String log,
            @Schema(description = "Why the pipeline could not be loaded") RecordPage.@Nullable ErrorShape error) {}

    @POST
    @Operation(operationId = "tryPipeline", summary = "Try a pipeline on 1 to 100 records without making a run")
    @APIResponse(
            responseCode = "200",
            content = @Content(schema = @Schema(implementation = TrialShape.class)))
    public Response run(@jakarta.validation.Valid TrialRequest request) throws IOException, InterruptedException {
        return Response.ok(trials.run(request)).build();
    }
}
