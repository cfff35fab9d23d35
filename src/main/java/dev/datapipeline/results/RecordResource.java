package dev.datapipeline.results;

import static java.nio.charset.StandardCharsets.US_ASCII;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectWriter;
import dev.datapipeline.csv.CsvOptions;
import dev.datapipeline.http.download.Answer;
import dev.datapipeline.http.download.Client;
import dev.datapipeline.http.download.DownloadLimiter;
import dev.datapipeline.problem.ProblemException;
import dev.datapipeline.problem.ProblemType;
import dev.datapipeline.results.compare.Comparison;
import dev.datapipeline.results.compare.RunComparer;
import dev.datapipeline.results.export.CsvParameters;
import dev.datapipeline.results.export.CsvResults;
import dev.datapipeline.results.export.FinalValueWriter;
import dev.datapipeline.results.export.JsonRowWriter;
import dev.datapipeline.results.export.OutputBuffer;
import dev.datapipeline.results.export.RecordJsonWriter;
import dev.datapipeline.results.export.StageLabels;
import dev.datapipeline.results.export.StateTableWriter;
import dev.datapipeline.results.scan.RecordRange;
import dev.datapipeline.results.scan.RecordVisitor;
import dev.datapipeline.results.scan.RunRecords;
import dev.datapipeline.run.RecordFilter;
import dev.datapipeline.run.Run;
import dev.datapipeline.run.RunSpec;
import dev.datapipeline.run.service.RunService;
import dev.datapipeline.run.service.RunSpecCache;
import dev.datapipeline.run.store.FailureQueries;
import dev.datapipeline.run.store.RecordQuery;
import io.smallrye.common.annotation.Blocking;
import io.vertx.core.http.HttpServerResponse;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.io.IOException;
import java.util.BitSet;
import java.util.List;
import java.util.OptionalLong;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** Records of a run and its results over HTTP, streamed in input order. */
@Path("/api/v1/runs/{id}")
@Blocking
@Tag(name = "runs")
public class RecordResource {
    private static final int BUFFER = 64 * 1024;
    /** Bytes that may be queued before the network takes them; with fewer, writer and network wait for each other. */
    private static final int AHEAD = 1024 * 1024;

    private final RunService runs;
    private final RunSpecCache specs;
    private final RunRecords records;
    private final FailureQueries causes;
    private final FailureSummary failures;
    private final RunComparer comparer;
    private final DownloadLimiter downloads;
    private final ObjectWriter comparisons;

    RecordResource(
            RunService runs,
            RunSpecCache specs,
            RunRecords records,
            FailureQueries causes,
            FailureSummary failures,
            RunComparer comparer,
            DownloadLimiter downloads,
            ObjectMapper mapper) {
        this.comparer = comparer;
        this.comparisons = mapper.writerFor(Comparison.ComparisonResponse.class);
        this.causes = causes;
        this.downloads = downloads;
        this.runs = runs;
        this.specs = specs;
        this.records = records;
        this.failures = failures;
    }

    @GET
    @Path("/records")
    @Produces(MediaType.APPLICATION_JSON)
    @Operation(
            operationId = "listRecords",
            summary = "Records with their raw value, the value after each stage, and errors",
            description =
                    "With step, stage, error, cause or q it is a search, which looks at a bounded part of the run at a time:"
                            + " fewer items than the limit may come back, or none, and more from nextFrom on.")
    @APIResponse(responseCode = "200", content = @Content(schema = @Schema(implementation = RecordPage.class)))
    public Response list(UUID id, @Valid @BeanParam RecordListParameters parameters) {
        Run run = runs.find(id);
        RecordQuery query = parameters.query();
        RecordRange range = parameters.range();
        return list((target, client) -> {
            RunSpec spec = spec(id);
            target.write("{\"items\":[".getBytes(US_ASCII));
            OptionalLong next = records.visit(spec, query, range, new RecordJsonWriter(labels(id), target), client);
            target.write("],\"offset\":%d,\"limit\":%d,\"total\":%s,\"nextFrom\":%s}"
                    .formatted(
                            range.offset(),
                            range.limit(),
                            total(run, query),
                            next.isPresent() ? next.getAsLong() : null)
                    .getBytes(US_ASCII));
        });
    }

    @GET
    @Path("/failures")
    @Produces(MediaType.APPLICATION_JSON)
    @Operation(operationId = "listFailures", summary = "Failed records grouped by cause, the most frequent first")
    public FailureSummary.FailuresResponse failures(UUID id) {
        return failures.of(runs.find(id));
    }

    @GET
    @Path("/comparison")
    @Produces(MediaType.APPLICATION_JSON)
    @Operation(
            operationId = "compareRuns",
            summary = "What became of the records of this run in another one over the same dataset",
            description = "Compares for about two seconds; there is more from nextFrom on.")
    @APIResponse(
            responseCode = "200",
            content = @Content(schema = @Schema(implementation = Comparison.ComparisonResponse.class)))
    public Response compare(
            UUID id,
            @QueryParam("with") @NotNull @Parameter(description = "The other run") UUID with,
            @QueryParam("from") @DefaultValue("0") @Min(0) long from) {
        long total = runs.find(id).records;
        RunSpec first = spec(id);
        RunSpec second = spec(with);
        if (!first.dataset().equals(second.dataset())) {
            throw new ProblemException(
                    ProblemType.CONFLICT, "The runs are over different datasets, so their records cannot be matched.");
        }
        return list((target, client) -> {
            Comparison comparison = comparer.compare(first, second, from, total, client);
            comparisons.writeValue(target, comparison.response(total));
        });
    }

    @GET
    @Path("/results")
    @Produces(MediaType.WILDCARD)
    @Operation(operationId = "downloadResults", summary = "Results of the finished records in input order, streamed")
    @APIResponse(responseCode = "200", description = "The document, as an attachment")
    public Response results(
            UUID id,
            @QueryParam("format") @DefaultValue("json") @Schema(enumeration = {"json", "ndjson", "csv"}) String format,
            @QueryParam("view") @DefaultValue("final") @Schema(enumeration = {"final", "states"}) String view,
            @BeanParam CsvParameters csv,
            @Context HttpServerResponse connection) {
        runs.find(id);
        connection.setWriteQueueMaxSize(AHEAD);
        boolean isFinal = oneOf("view", view, List.of("final", "states")).equals("final");
        String fileName = "run-%s-%s.%s".formatted(id, view, oneOf("format", format, List.of("json", "ndjson", "csv")));
        if (!format.equals("csv")) {
            csv.rejectAny();
        }
        Response response = switch (format) {
            case "csv" -> csv(id, isFinal, csv.options());
            case "ndjson" ->
                streamed(
                        "application/x-ndjson",
                        (target, client) -> rows(id, isFinal, JsonRowWriter.lines(target), client));
            default ->
                streamed(
                        MediaType.APPLICATION_JSON,
                        (target, client) -> rows(id, isFinal, JsonRowWriter.array(target), client));
        };
        return Response.fromResponse(response)
                .header("Content-Disposition", "attachment; filename=\"" + fileName + "\"")
                .build();
    }

    private void rows(UUID id, boolean isFinal, JsonRowWriter rows, Client client) throws IOException {
        RunSpec spec = spec(id);
        RecordVisitor visitor = isFinal ? new FinalValueWriter(rows) : new StateTableWriter(labels(id), rows);
        records.visitAll(spec, visitor, client);
        rows.end();
    }

    private Response csv(UUID id, boolean isFinal, CsvOptions options) {
        return streamed("text/csv; charset=utf-8", (target, client) -> {
            RunSpec spec = spec(id);
            BitSet finished = records.finishedBatches(spec);
            new CsvResults(
                            visitor -> records.visitBatches(spec, finished, visitor, client),
                            labels(id),
                            isFinal,
                            options)
                    .write(target);
        });
    }

    private RunSpec spec(UUID id) {
        return specs.find(id).orElseThrow(() -> ProblemException.notFound("run"));
    }

    private StageLabels labels(UUID id) {
        return new StageLabels(specs.outline(id));
    }

    /** The number of matching records; null where only reading each of them could tell. */
    private @Nullable Long total(Run run, RecordQuery query) {
        if (query.text() != null) {
            return null;
        }
        if (query.asksForCause()) {
            return query.matches(RecordFilter.FAILED) ? causes.records(run.id, query) : 0;
        }
        return switch (query.filter()) {
            case ALL -> run.records;
            case SUCCEEDED -> run.succeeded;
            case FAILED -> run.failed;
            case SKIPPED -> run.skipped;
            case CANCELLED -> run.cancelled;
            case PENDING -> run.pending();
        };
    }

    private static String oneOf(String name, String value, List<String> allowed) {
        if (!allowed.contains(value)) {
            throw ProblemException.invalidParameter(name, "must be one of " + String.join(", ", allowed));
        }
        return value;
    }

    private Response streamed(String type, Answer answer) {
        return Response.ok(downloads.file(buffered(answer)), type).build();
    }

    private Response list(Answer answer) {
        return Response.ok(downloads.list(buffered(answer)), MediaType.APPLICATION_JSON)
                .build();
    }

    private static Answer buffered(Answer answer) {
        return (target, client) -> {
            OutputBuffer buffered = new OutputBuffer(target, BUFFER);
            answer.write(buffered, client);
            buffered.flush();
        };
    }
}
