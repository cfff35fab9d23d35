package dev.datapipeline.results;

import dev.datapipeline.csv.CsvOptions;
import dev.datapipeline.http.download.Answer;
import dev.datapipeline.http.download.DownloadLimiter;
import dev.datapipeline.problem.ProblemException;
import dev.datapipeline.results.export.CsvParameters;
import dev.datapipeline.results.export.ResultExporter;
import dev.datapipeline.results.export.ResultView;
import dev.datapipeline.run.RunSpec;
import dev.datapipeline.run.service.VisibleRuns;
import io.vertx.core.http.HttpServerResponse;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.List;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestPath;
import org.jboss.resteasy.reactive.RestQuery;

@Path("/api/v1/runs/{id}/results")
@Tag(name = "runs")
class ResultResource {
    /** Bytes that may be queued before the network takes them; with fewer, writer and network wait for each other. */
    private static final int QUEUE_BYTES = 1024 * 1024;

    private final VisibleRuns runs;
    private final ResultExporter exporter;
    private final DownloadLimiter downloads;

    ResultResource(VisibleRuns runs, ResultExporter exporter, DownloadLimiter downloads) {
        this.runs = runs;
        this.exporter = exporter;
        this.downloads = downloads;
    }

    @GET
    @Produces(MediaType.WILDCARD)
    @Operation(operationId = "downloadResults", summary = "Results of the finished records in input order, streamed")
    @APIResponse(responseCode = "200", description = "The document, as an attachment")
    public Response download(
            @RestPath UUID id,
            @RestQuery @DefaultValue("json") @Schema(enumeration = {"json", "ndjson", "csv"}) String format,
            @RestQuery @DefaultValue("final") @Schema(enumeration = {"final", "states"}) String view,
            @BeanParam CsvParameters csv,
            @Context HttpServerResponse connection) {
        RunSpec run = exporter.find(runs.ref(id));
        connection.setWriteQueueMaxSize(QUEUE_BYTES);
        boolean isFinal = oneOf("view", view, List.of("final", "states")).equals("final");
        String fileName = "run-%s-%s.%s".formatted(id, view, oneOf("format", format, List.of("json", "ndjson", "csv")));
        if (!format.equals("csv")) {
            csv.rejectAny();
        }
        Answer answer = answer(run, format, isFinal ? ResultView.FINAL : ResultView.STATES, csv.options());
        return Response.ok(downloads.file(answer), contentType(format))
                .header(HttpHeaders.CONTENT_DISPOSITION, "attachment; filename=\"" + fileName + "\"")
                .build();
    }

    private Answer answer(RunSpec run, String format, ResultView view, CsvOptions csv) {
        return switch (format) {
            case "csv" -> (target, client) -> exporter.writeCsv(run, view, csv, target, client);
            case "ndjson" -> (target, client) -> exporter.writeLines(run, view, target, client);
            default -> (target, client) -> exporter.writeArray(run, view, target, client);
        };
    }

    private static String contentType(String format) {
        return switch (format) {
            case "csv" -> "text/csv; charset=utf-8";
            case "ndjson" -> "application/x-ndjson";
            default -> MediaType.APPLICATION_JSON;
        };
    }

    private static String oneOf(String name, String value, List<String> allowed) {
        if (!allowed.contains(value)) {
            throw ProblemException.invalidParameter(name, "must be one of " + String.join(", ", allowed));
        }
        return value;
    }
}
