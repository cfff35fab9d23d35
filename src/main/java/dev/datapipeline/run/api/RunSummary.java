package dev.datapipeline.run.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.datapipeline.llm.report.RunModelCalls;
import dev.datapipeline.run.Run;
import dev.datapipeline.run.RunStatus;
import dev.datapipeline.run.WaitsFor;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** A run in lists: without the steps and the description of its pipeline, which may be megabytes. */
@Schema(name = "RunSummary")
record RunSummary(
        UUID id,
        String name,
        RunStatus status,
        @Nullable String statusReason,
        PipelineName pipeline,
        RunResponse.DatasetOfRun dataset,
        int batchSize,
        int maxParallelBatches,
        int recordConcurrency,
        double recordTimeoutSeconds,
        @Nullable Long toleratedFailures,
        String trace,
        String isolation,
        RunResponse.RecordCounts records,
        RunResponse.BatchCounts batches,
        int retries,
        @Nullable Double recordsPerSecond,
        @Nullable Double etaSeconds,
        Instant createdAt,
        @Nullable Instant startedAt,
        @Nullable Instant pausedAt,
        @Nullable Instant resumedAt,

        @Schema(required = true, description = "How long all its pauses that are over have lasted")
        double pausedSeconds,

        @Nullable Instant finishedAt,
        @Nullable RunModelCalls llm,
        @Nullable WaitsFor waitsFor,

        @Schema(description = "Of the Python packages of its scripts; null where they need none") @Nullable
        UUID environmentId,

        @Schema(description = "What people wrote about it") @Nullable
        String note,

        List<String> tags,
        boolean starred) {

    @Schema(name = "PipelineName")
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record PipelineName(
            String name, @Nullable UUID id, @Nullable Integer version) {}

    static RunSummary of(Run run, @Nullable RunModelCalls calls) {
        return new RunSummary(
                run.id,
                run.name,
                run.status,
                run.statusReason,
                new PipelineName(run.pipelineName, run.pipelineId, run.pipelineVersion),
                new RunResponse.DatasetOfRun(run.datasetId, run.datasetName, run.records),
                run.batchSize,
                run.maxParallelBatches,
                run.recordConcurrency,
                run.recordTimeoutMilliseconds / 1000.0,
                run.toleratedFailures,
                run.trace,
                run.isolation,
                RunResponse.records(run),
                RunResponse.batches(run),
                run.retries,
                RunResponse.rate(run),
                RunResponse.secondsLeft(run),
                run.createdAt,
                run.startedAt,
                run.pausedAt,
                run.resumedAt,
                run.pausedSeconds,
                run.finishedAt,
                calls,
                run.waitsFor,
                run.environmentId,
                run.labels.note(),
                run.labels.tags(),
                run.labels.starred());
    }
}
