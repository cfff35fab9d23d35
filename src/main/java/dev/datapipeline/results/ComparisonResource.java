package dev.datapipeline.results;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectWriter;
import dev.datapipeline.dataset.DatasetService;
import dev.datapipeline.http.download.DownloadLimiter;
import dev.datapipeline.problem.ProblemException;
import dev.datapipeline.problem.ProblemType;
import dev.datapipeline.results.compare.Comparison;
import dev.datapipeline.results.compare.RunComparer;
import dev.datapipeline.results.export.ResultExporter;
import dev.datapipeline.run.Run;
import dev.datapipeline.run.RunSpec;
import dev.datapipeline.run.service.VisibleRuns;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
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
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestPath;
import org.jboss.resteasy.reactive.RestQuery;
import org.jspecify.annotations.Nullable;

@Path("/api/v1/runs/{id}/comparison")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "runs")
class ComparisonResource {
    private final VisibleRuns runs;
    private final ResultExporter results;
    private final RunComparer comparer;
    private final DatasetService datasets;
    private final DownloadLimiter downloads;
    private final ObjectWriter writer;

    ComparisonResource(
            VisibleRuns runs,
            ResultExporter results,
            RunComparer comparer,
            DatasetService datasets,
            DownloadLimiter downloads,
            ObjectMapper mapper) {
        this.runs = runs;
        this.results = results;
        this.comparer = comparer;
        this.datasets = datasets;
        this.downloads = downloads;
        this.writer = mapper.writerFor(Comparison.ComparisonResponse.class);
    }

    @GET
    @Operation(
            operationId = "compareRuns",
            summary =
                    "What became of the records of this run in another one over the same dataset, or one with equal contents",
            description = "Compares for about two seconds; there is more from nextFrom on.")
    @APIResponse(
            responseCode = "200",
            content = @Content(schema = @Schema(implementation = Comparison.ComparisonResponse.class)))
    public StreamingOutput compare(
            @RestPath UUID id,
            @RestQuery @NotNull @Parameter(description = "The other run") UUID with,
            @RestQuery @DefaultValue("0") @Min(0) long from,
            @RestQuery
                    @Size(max = 1000)
                    @Parameter(description = "Of the changed records, list only those that differ in this field")
                    @Nullable
                    String field) {
        Run run = runs.find(id);
        long total = run.records;
        RunSpec first = results.find(run.ref());
        RunComparer.RunPair pair = new RunComparer.RunPair(first, results.find(runs.ref(with)));
        if (!pair.isComparable(datasets)) {
            throw new ProblemException(
                    ProblemType.CONFLICT,
                    "The runs are over datasets with different contents, so their records cannot be matched. Choose a run over"
                            + " the same dataset, or over another upload of the same file.");
        }
        return downloads.list((target, client) -> {
            Comparison comparison = comparer.compare(pair, from, total, field, client);
            writer.writeValue(target, comparison.response(total));
        });
    }
}
