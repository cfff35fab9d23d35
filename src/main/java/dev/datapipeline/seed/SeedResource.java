package dev.datapipeline.seed;

import static java.nio.charset.StandardCharsets.US_ASCII;

import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import dev.datapipeline.http.IgnoresUnknownParameters;
import dev.datapipeline.http.download.DownloadLimiter;
import dev.datapipeline.problem.ProblemException;
import dev.datapipeline.problem.ProblemType;
import dev.datapipeline.results.export.ResultExporter;
import dev.datapipeline.results.export.ResultSelection;
import dev.datapipeline.results.export.ResultView;
import dev.datapipeline.run.Run;
import dev.datapipeline.run.RunSpec;
import dev.datapipeline.run.service.VisibleRuns;
import dev.datapipeline.submission.FormSubmissions;
import dev.datapipeline.submission.RunForm;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.StreamingOutput;
import java.io.IOException;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestPath;
import org.jboss.resteasy.reactive.server.multipart.MultipartFormDataInput;

/** The two endpoints of the seed system, kept so that its page and scripts work unchanged. New clients use {@code /api/v1}. */
@Path("/")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "seed")
@IgnoresUnknownParameters
class SeedResource {
    private final FormSubmissions submissions;
    private final VisibleRuns runs;
    private final ResultExporter results;
    private final DownloadLimiter downloads;

    SeedResource(FormSubmissions submissions, VisibleRuns runs, ResultExporter results, DownloadLimiter downloads) {
        this.submissions = submissions;
        this.runs = runs;
        this.results = results;
        this.downloads = downloads;
    }

    @Schema(name = "SeedAnswer")
    @JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
    record SeedAnswer(
            @Schema(required = true) UUID requestId,
            @Schema(required = true) String status,
            @Schema(required = true) String message) {}

    @POST
    @Path("/submit_pipeline")
    @Consumes(MediaType.MULTIPART_FORM_DATA)
    @Operation(
            operationId = "seedSubmit",
            summary = "Submit a run the way the seed system took it",
            description =
                    "Form parts and JSON members that are not described here are ignored. A step takes the scripts of the next"
                            + " number for which there is a main script.")
    public SeedAnswer submit(
            @RequestBody(
                            content =
                                    @Content(
                                            mediaType = MediaType.MULTIPART_FORM_DATA,
                                            schema = @Schema(implementation = SeedFormSchema.class)))
                    MultipartFormDataInput form)
            throws IOException {
        FormSubmissions.Submitted submitted = submissions.submitSeed(new RunForm(form));
        return new SeedAnswer(submitted.run().id, "processing_started", message(submitted));
    }

    private static String message(FormSubmissions.Submitted submitted) {
        Run run = submitted.run();
        String begun = "%d records in %d batches are being processed.".formatted(run.records, run.batches);
        return Stream.concat(Stream.of(begun), submitted.notes().stream()).collect(Collectors.joining(" "));
    }

    @GET
    @Path("/get_result/{request_id}")
    @Operation(operationId = "seedResult", summary = "Finished records so far, in input order; 404 before the first")
    public Response result(@RestPath("request_id") UUID id) {
        Run run = runs.find(id);
        if (run.succeeded + run.failed + run.skipped == 0) {
            throw noResults(run);
        }
        StreamingOutput body = downloads.file((target, client) -> {
            RunSpec spec = results.find(run.ref());
            target.write("{\"request_id\":\"%s\",\"results\":".formatted(id).getBytes(US_ASCII));
            results.writeArray(spec, ResultSelection.all(ResultView.STATES), target, client);
            target.write('}');
        });
        return Response.ok(body).build();
    }

    private static ProblemException noResults(Run run) {
        if (!run.status.isFinal()) {
            return new ProblemException(ProblemType.NOT_FOUND, "There are no results yet; ask again in a moment.");
        }
        String reason = run.statusReason == null ? "" : " (" + run.statusReason + ")";
        return new ProblemException(
                ProblemType.NOT_FOUND, "There are no results: the run is %s%s.".formatted(run.status, reason));
    }
}
