package dev.datapipeline.run.api;

import dev.datapipeline.http.json.OptionalBody;
import dev.datapipeline.llm.money.Picodollars;
import dev.datapipeline.llm.options.ModelOptionRules;
import dev.datapipeline.problem.FieldError;
import dev.datapipeline.problem.ProblemException;
import dev.datapipeline.problem.ProblemType;
import dev.datapipeline.run.RunRef;
import dev.datapipeline.run.service.RunPauses;
import dev.datapipeline.run.service.VisibleRuns;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestPath;
import org.jboss.resteasy.reactive.RestResponse;
import org.jspecify.annotations.Nullable;

/** Resumes paused runs over HTTP. */
@Path("/api/v1/runs")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "runs")
class ResumeResource {
    private final VisibleRuns runs;
    private final RunPauses pauses;
    private final RunDetails details;

    ResumeResource(VisibleRuns runs, RunPauses pauses, RunDetails details) {
        this.runs = runs;
        this.pauses = pauses;
        this.details = details;
    }

    /** @param budget dollars as decimal text */
    @Schema(name = "ResumeRequest")
    record ResumeRequest(
            @Schema(
                    description =
                            "Dollars that the run may spend on model calls in all, as decimal text; absent to keep its budget",
                    examples = "5.00")
            @Nullable
            String budget) {}

    @POST
    @Path("/{id}/resume")
    @Consumes(MediaType.APPLICATION_JSON)
    @Operation(
            operationId = "resumeRun",
            summary = "Let a paused run go on, with another budget where its own is used up")
    @APIResponse(
            responseCode = "200",
            description = "The run is queued again",
            content = @Content(schema = @Schema(implementation = RunResponse.class)))
    public RestResponse<Object> resume(
            @RestPath UUID id, @OptionalBody @RequestBody(required = false) @Nullable ResumeRequest request) {
        RunRef run = runs.ref(id);
        pauses.resume(run, request == null ? null : budget(request.budget()));
        return RestResponse.ResponseBuilder.<Object>ok(details.of(run), RunResource.JSON)
                .build();
    }

    private static @Nullable Picodollars budget(@Nullable String text) {
        List<FieldError> errors = new ArrayList<>();
        String budget = new ModelOptionRules("", errors).budget("/budget", text);
        if (!errors.isEmpty()) {
            FieldError wrong = errors.getFirst();
            throw ProblemException.invalidField(
                    ProblemType.OUT_OF_RANGE, wrong.pointer(), "The budget " + wrong.message() + ".");
        }
        return budget == null ? null : Picodollars.ofDollars(budget);
    }
}
