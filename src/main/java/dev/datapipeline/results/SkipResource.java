package dev.datapipeline.results;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectWriter;
import dev.datapipeline.http.download.DownloadLimiter;
import dev.datapipeline.results.export.ResultExporter;
import dev.datapipeline.run.Run;
import dev.datapipeline.run.RunSpec;
import dev.datapipeline.run.service.VisibleRuns;
import jakarta.validation.constraints.Min;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.StreamingOutput;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestPath;
import org.jboss.resteasy.reactive.RestQuery;

@Path("/api/v1/runs/{id}/skips")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "runs")
class SkipResource {
    private final VisibleRuns runs;
    private final ResultExporter results;
    private final SkipSummary skips;
    private final DownloadLimiter downloads;
    private final ObjectWriter writer;

    SkipResource(
            VisibleRuns runs,
            ResultExporter results,
            SkipSummary skips,
            DownloadLimiter downloads,
            ObjectMapper mapper) {
        this.runs = runs;
        this.results = results;
        this.skips = skips;
        this.downloads = downloads;
        this.writer = mapper.writerFor(SkipSummary.SkipsResponse.class);
    }

    @GET
    @Operation(
            operationId = "listSkips",
            summary = "Skipped records grouped by reason, the most frequent first",
            description = "Reads results for about two seconds; there is more from nextFrom on.")
    @APIResponse(
            responseCode = "200",
            content = @Content(schema = @Schema(implementation = SkipSummary.SkipsResponse.class)))
    public StreamingOutput list(@RestPath UUID id, @RestQuery @DefaultValue("0") @Min(0) long from) {
        Run run = runs.find(id);
        RunSpec spec = results.find(run.ref());
        return downloads.list((target, client) -> writer.writeValue(target, skips.of(spec, from, run.records, client)));
    }
}
