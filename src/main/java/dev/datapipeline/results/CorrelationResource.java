package dev.datapipeline.results;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectWriter;
import dev.datapipeline.http.download.DownloadLimiter;
import dev.datapipeline.problem.ProblemException;
import dev.datapipeline.results.correlation.CorrelationsResponse;
import dev.datapipeline.results.correlation.GroupCorrelations;
import dev.datapipeline.results.export.ResultExporter;
import dev.datapipeline.run.RecordFilter;
import dev.datapipeline.run.Run;
import dev.datapipeline.run.RunSpec;
import dev.datapipeline.run.service.VisibleRuns;
import dev.datapipeline.run.store.failure.FailureQueries;
import dev.datapipeline.run.store.failure.RecordQuery;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.StreamingOutput;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestPath;
import org.jboss.resteasy.reactive.RestQuery;
import org.jspecify.annotations.Nullable;

@Path("/api/v1/runs/{id}/correlations")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "runs")
class CorrelationResource {
    private final VisibleRuns runs;
    private final ResultExporter results;
    private final FailureQueries causes;
    private final GroupCorrelations correlations;
    private final DownloadLimiter downloads;
    private final ObjectWriter writer;

    CorrelationResource(
            VisibleRuns runs,
            ResultExporter results,
            FailureQueries causes,
            GroupCorrelations correlations,
            DownloadLimiter downloads,
            ObjectMapper mapper) {
        this.runs = runs;
        this.results = results;
        this.causes = causes;
        this.correlations = correlations;
        this.downloads = downloads;
        this.writer = mapper.writerFor(CorrelationsResponse.class);
    }

    @GET
    @Operation(
            operationId = "listCorrelations",
            summary = "What the raw records of a group have in common and other records have not",
            description =
                    "The group is one of failed records, by cause, or of skipped ones, by reason. Reads up to 10,000"
                            + " records and 64 MB of the group and as much of the others, evenly from the whole run.")
    @APIResponse(
            responseCode = "200",
            content = @Content(schema = @Schema(implementation = CorrelationsResponse.class)))
    public StreamingOutput list(
            @RestPath UUID id,
            @RestQuery @Parameter(description = "The id of a failure") @Nullable String cause,
            @RestQuery @Parameter(description = "The id of a group of skipped records") @Nullable String reason) {
        if (isGiven(cause) == isGiven(reason)) {
            throw ProblemException.invalidParameter("cause", "or reason must be given, and not both");
        }
        Run run = runs.find(id);
        RunSpec spec = results.find(run.ref());
        RecordQuery group = isGiven(cause)
                ? new RecordQuery(RecordFilter.FAILED, null, null, null, cause, null, null)
                : new RecordQuery(RecordFilter.SKIPPED, null, null, null, null, reason, null);
        return downloads.list((target, client) -> {
            long matching = group.asksForCause() ? causes.records(run.ref(), group) : run.skipped;
            writer.writeValue(target, correlations.compare(spec, group, run.records, matching, client));
        });
    }

    /** Forms also send parameters that were left empty. */
    private static boolean isGiven(@Nullable String id) {
        return id != null && !id.isEmpty();
    }
}
