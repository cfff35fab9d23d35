package dev.datapipeline.submission;

import dev.datapipeline.http.json.OptionalBody;
import dev.datapipeline.run.Run;
import dev.datapipeline.run.api.RunDetails;
import dev.datapipeline.run.api.RunResponse;
import dev.datapipeline.run.service.VisibleRuns;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import java.io.IOException;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestHeader;
import org.jboss.resteasy.reactive.RestPath;
import org.jboss.resteasy.reactive.RestResponse;
import org.jboss.resteasy.reactive.server.multipart.MultipartFormDataInput;
import org.jspecify.annotations.Nullable;

@Path("/api/v1/runs")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "runs")
class SubmissionResource {
    private final RunSubmissions submissions;
    private final FormSubmissions forms;
    private final RetrySubmissions retries;
    private final RunDetails details;
    private final VisibleRuns runs;

    SubmissionResource(
            RunSubmissions submissions,
            FormSubmissions forms,
            RetrySubmissions retries,
            RunDetails details,
            VisibleRuns runs) {
        this.submissions = submissions;
        this.forms = forms;
        this.retries = retries;
        this.details = details;
        this.runs = runs;
    }

    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    @Operation(operationId = "submitRun", summary = "Submit a run of a dataset that was uploaded before")
    @APIResponse(
            responseCode = "202",
            description = "The run is accepted; Location names it",
            content = @Content(schema = @Schema(implementation = RunResponse.class)))
    public RestResponse<Object> submit(
            RunRequest request, @RestHeader("Idempotency-Key") @Nullable String idempotencyKey) {
        return accepted(submissions.submit(request, idempotencyKey));
    }

    @POST
    @Consumes(MediaType.MULTIPART_FORM_DATA)
    @Operation(
            operationId = "submitRunForm",
            summary =
                    "Submit dataset, pipeline and scripts in one form: parts dataset, pipeline, batch_size, main_0, pre_0, post_0, …")
    @APIResponse(
            responseCode = "202",
            description = "The run is accepted; Location names it",
            content = @Content(schema = @Schema(implementation = RunResponse.class)))
    public RestResponse<Object> submitForm(
            @RequestBody(
                            content =
                                    @Content(
                                            mediaType = MediaType.MULTIPART_FORM_DATA,
                                            schema = @Schema(implementation = RunFormSchema.class)))
                    MultipartFormDataInput form)
            throws IOException {
        return accepted(forms.submit(new RunForm(form)).run());
    }

    @POST
    @Path("/{id}/retry")
    @Consumes(MediaType.APPLICATION_JSON)
    @Operation(
            operationId = "retryRun",
            summary =
                    "Run the failed and cancelled records of a final run again, in the same run; other scripts may be given")
    @APIResponse(
            responseCode = "202",
            description = "The run is open again",
            content = @Content(schema = @Schema(implementation = RunResponse.class)))
    public RestResponse<Object> retry(
            @RestPath UUID id, @OptionalBody @RequestBody(required = false) @Nullable RetryRequest request) {
        return accepted(retries.retry(runs.ref(id), request));
    }

    private RestResponse<Object> accepted(Run run) {
        return RestResponse.ResponseBuilder.create(RestResponse.Status.ACCEPTED, details.of(run.ref()))
                .header(HttpHeaders.LOCATION, "/api/v1/runs/" + run.id)
                .build();
    }
}
