package dev.datapipeline.run.api;

import dev.datapipeline.problem.ProblemException;
import dev.datapipeline.result.ResultLocation;
import dev.datapipeline.run.BatchStatus;
import dev.datapipeline.run.RecordFilter;
import dev.datapipeline.run.Run;
import dev.datapipeline.run.RunRef;
import dev.datapipeline.run.service.VisibleRuns;
import dev.datapipeline.run.store.AttemptRepository;
import dev.datapipeline.run.store.batch.BatchQueries;
import dev.datapipeline.run.store.batch.BatchRow;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestPath;
import org.jboss.resteasy.reactive.RestQuery;
import org.jspecify.annotations.Nullable;

@Path("/api/v1/runs/{id}/batches")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "runs")
class BatchResource {
    private final VisibleRuns runs;
    private final BatchQueries batches;
    private final AttemptRepository attempts;
    private final BatchLogs logs;

    BatchResource(VisibleRuns runs, BatchQueries batches, AttemptRepository attempts, BatchLogs logs) {
        this.runs = runs;
        this.batches = batches;
        this.attempts = attempts;
        this.logs = logs;
    }

    @Schema(name = "Batch")
    record BatchResponse(
            int number,
            BatchStatus status,
            int attempt,
            long firstRecord,
            int records,
            int succeeded,
            int failed,
            int skipped,
            int cancelled,
            @Nullable Instant startedAt,
            @Nullable Instant finishedAt,
            @Nullable Long durationMs,
            @Nullable BatchError error) {
        static BatchResponse of(BatchRow row) {
            return new BatchResponse(
                    row.number(),
                    row.status(),
                    row.attempt(),
                    row.firstRecord(),
                    row.records(),
                    row.succeeded(),
                    row.count(RecordFilter.FAILED),
                    row.skipped(),
                    row.cancelled(),
                    row.startedAt(),
                    row.finishedAt(),
                    row.startedAt() == null || row.finishedAt() == null
                            ? null
                            : Duration.between(row.startedAt(), row.finishedAt())
                                    .toMillis(),
                    row.error() == null
                            ? null
                            : new BatchError(row.error().code(), row.error().message()));
        }
    }

    @Schema(name = "BatchError")
    record BatchError(String code, String message) {}

    @Schema(name = "BatchPage")
    record BatchPage(List<BatchResponse> items, long offset, int limit, long total) {}

    @GET
    @Operation(operationId = "listBatches", summary = "Batches in order")
    public BatchPage list(
            @RestPath UUID id,
            @RestQuery @DefaultValue("0") @Min(0) int offset,
            @RestQuery @DefaultValue("100") @Min(1) @Max(1000) int limit) {
        Run run = runs.find(id);
        List<BatchResponse> items = batches.read(run.ref(), offset, limit).stream()
                .map(BatchResponse::of)
                .toList();
        return new BatchPage(items, offset, limit, run.batches);
    }

    @GET
    @Path("/{number: \\d+}")
    @Operation(operationId = "getBatch", summary = "One batch")
    public BatchResponse get(@RestPath UUID id, @RestPath int number) {
        return BatchResponse.of(find(runs.ref(id), number));
    }

    @GET
    @Path("/{number: \\d+}/log")
    @Produces(MediaType.TEXT_PLAIN)
    @Operation(
            operationId = "getBatchLog",
            summary = "What the scripts printed; each line begins with # and the index of its record")
    public byte[] log(@RestPath UUID id, @RestPath int number) throws IOException {
        RunRef run = runs.ref(id);
        ResultLocation location = find(run, number).location();
        if (location == null) {
            return new byte[0];
        }
        try {
            return logs.read(run, location);
        } catch (NoSuchFileException gone) {
            // Reports NOT_FOUND if the run was deleted meanwhile.
            find(run, number);
            throw gone;
        }
    }

    @GET
    @Path("/{number: \\d+}/attempts")
    @Operation(
            operationId = "listAttempts",
            summary = "Attempts at a batch, oldest first; the counters are the batch's at their end")
    public AttemptRepository.AttemptsResponse attempts(@RestPath UUID id, @RestPath int number) {
        RunRef run = runs.ref(id);
        find(run, number);
        return attempts.of(run, number);
    }

    private BatchRow find(RunRef run, int number) {
        List<BatchRow> found = number < 0 ? List.of() : batches.read(run, number, 1);
        if (found.isEmpty() || found.get(0).number() != number) {
            throw ProblemException.notFound("batch");
        }
        return found.get(0);
    }
}
