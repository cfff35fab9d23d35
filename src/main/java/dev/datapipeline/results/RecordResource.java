package dev.datapipeline.results;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.datapipeline.http.download.DownloadLimiter;
import dev.datapipeline.problem.ProblemException;
import dev.datapipeline.results.export.OutputBuffer;
import dev.datapipeline.results.export.RecordJsonWriter;
import dev.datapipeline.results.export.columns.StageLabels;
import dev.datapipeline.results.scan.RecordRange;
import dev.datapipeline.results.scan.RecordVisitor;
import dev.datapipeline.results.scan.RunRecords;
import dev.datapipeline.results.sort.RecordOrders;
import dev.datapipeline.results.sort.RecordOrders.SortedRecords;
import dev.datapipeline.results.sort.SortColumn;
import dev.datapipeline.run.Run;
import dev.datapipeline.run.RunRef;
import dev.datapipeline.run.RunSpec;
import dev.datapipeline.run.service.RunSpecCache;
import dev.datapipeline.run.service.VisibleRuns;
import dev.datapipeline.run.store.attempt.RecordAttempts;
import dev.datapipeline.run.store.failure.RecordQuery;
import jakarta.validation.Valid;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.StreamingOutput;
import java.io.IOException;
import java.util.OptionalLong;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestPath;
import org.jspecify.annotations.Nullable;

/** Records of a run over HTTP: lists, searches, failures by cause. */
@Path("/api/v1/runs/{id}")
@Tag(name = "runs")
class RecordResource {
    private static final int BUFFER_BYTES = 64 * 1024;
    private static final byte[] BEGIN = "{\"items\":[".getBytes(US_ASCII);

    private final VisibleRuns runs;
    private final RunSpecCache specs;
    private final RunRecords records;
    private final RecordOrders orders;
    private final RecordTotals totals;
    private final FailureSummary failures;
    private final DownloadLimiter downloads;
    private final CostsOfRecords recordCosts;
    private final RecordAttempts attempts;

    RecordResource(
            VisibleRuns runs,
            RunSpecCache specs,
            RunRecords records,
            RecordOrders orders,
            RecordTotals totals,
            FailureSummary failures,
            DownloadLimiter downloads,
            CostsOfRecords recordCosts,
            RecordAttempts attempts) {
        this.attempts = attempts;
        this.totals = totals;
        this.downloads = downloads;
        this.recordCosts = recordCosts;
        this.runs = runs;
        this.specs = specs;
        this.records = records;
        this.orders = orders;
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
                            + " fewer items than the limit may come back, or none, and more from nextFrom on. With sortBy all matching"
                            + " records are read for the first page, and offset reaches the next ones.")
    @APIResponse(responseCode = "200", content = @Content(schema = @Schema(implementation = RecordPageSchema.class)))
    public StreamingOutput list(
            @RestPath UUID id,
            @BeanParam RecordFilterParameters filter,
            @Valid @BeanParam RecordListParameters parameters) {
        Run run = runs.find(id);
        RecordQuery query = filter.query();
        RecordRange range = parameters.range(query);
        SortColumn sort = parameters.sort();
        return downloads.list((target, client) -> {
            RunSpec spec = spec(run.ref());
            OutputBuffer buffer = new OutputBuffer(target, BUFFER_BYTES);
            RecordVisitor writer = new RecordJsonWriter(
                    new StageLabels(specs.outline(run.ref())),
                    spec.retries() == 0 ? null : attempts.reader(run.ref(), spec.retries()),
                    recordCosts.of(spec),
                    buffer);
            if (sort == null) {
                buffer.write(BEGIN);
                OptionalLong next = records.visit(spec, query, range, writer, client);
                writeEnd(buffer, range, totals.of(run, query), next.isPresent() ? next.getAsLong() : null);
                return;
            }
            SortedRecords sorted = orders.sorted(run, spec, query, sort, client);
            buffer.write(BEGIN);
            records.visitRecords(spec, sorted.page(range.offset(), (int) range.limit()), writer, client);
            writeEnd(buffer, range, sorted.total(), null);
        });
    }

    private static void writeEnd(OutputBuffer buffer, RecordRange range, @Nullable Long total, @Nullable Long next)
            throws IOException {
        buffer.write("],\"offset\":%d,\"limit\":%d,\"total\":%s,\"nextFrom\":%s}"
                .formatted(range.offset(), range.limit(), total, next)
                .getBytes(US_ASCII));
        buffer.flush();
    }

    @GET
    @Path("/failures")
    @Produces(MediaType.APPLICATION_JSON)
    @Operation(operationId = "listFailures", summary = "Failed records grouped by cause, the most frequent first")
    public FailureSummary.FailuresResponse failures(@RestPath UUID id) {
        return failures.of(runs.find(id));
    }

    private RunSpec spec(RunRef run) {
        return specs.find(run).orElseThrow(() -> ProblemException.notFound("run"));
    }
}
