package dev.datapipeline.run.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonRawValue;
import dev.datapipeline.pipeline.Step;
import dev.datapipeline.run.Run;
import dev.datapipeline.run.RunStatus;
import java.time.Instant;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** A run as the API shows it. */
@Schema(name = "Run")
public record RunResponse(
        @Schema(required = true) UUID id,
        @Schema(required = true) String name,
        @Schema(required = true) RunStatus status,
        @Nullable String statusReason,
        @Schema(required = true) PipelineOfRun pipeline,
        @Schema(required = true) DatasetOfRun dataset,
        @Schema(required = true) int batchSize,
        @Schema(required = true) int maxParallelBatches,
        @Schema(required = true) int recordConcurrency,
        @Schema(required = true) double recordTimeoutSeconds,
        @Nullable Long toleratedFailures,
        @Schema(required = true) String trace,
        @Schema(required = true) String isolation,
        @Schema(required = true) RecordCounts records,
        @Schema(required = true) BatchCounts batches,

        @Schema(required = true, description = "How often its failed and cancelled records were run again")
        int retries,

        @Nullable Double recordsPerSecond,
        @Nullable Double etaSeconds,
        @Schema(required = true) Instant createdAt,
        @Nullable Instant startedAt,
        @Nullable Instant finishedAt) {

    @Schema(name = "RunPipeline")
    record PipelineOfRun(
            @Schema(required = true) String name,

            @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable
            String description,

            @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable
            UUID id,

            @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable
            Integer version,

            @JsonRawValue @Schema(required = true, implementation = Step[].class)
            String steps) {}

    @Schema(name = "RunDataset")
    record DatasetOfRun(
            @Schema(required = true) UUID id,
            @Schema(required = true) String name,
            @Schema(required = true) long records) {}

    @Schema(name = "RecordCounts")
    record RecordCounts(
            @Schema(required = true) long total,
            @Schema(required = true) long succeeded,
            @Schema(required = true) long failed,
            @Schema(required = true) long skipped,
            @Schema(required = true) long cancelled,
            @Schema(required = true) long pending) {}

    @Schema(name = "BatchCounts")
    record BatchCounts(
            @Schema(required = true) int total,
            @Schema(required = true) int queued,
            @Schema(required = true) int running,
            @Schema(required = true) int succeeded,
            @Schema(required = true) int failed,
            @Schema(required = true) int cancelled) {}

    /** @param steps of its pipeline, as JSON */
    static RunResponse of(Run run, String steps) {
        return new RunResponse(
                run.id,
                run.name,
                run.status,
                run.statusReason,
                new PipelineOfRun(
                        run.pipelineName, run.pipelineDescription, run.pipelineId, run.pipelineVersion, steps),
                new DatasetOfRun(run.datasetId, run.datasetName, run.records),
                run.batchSize,
                run.maxParallelBatches,
                run.recordConcurrency,
                run.recordTimeoutMilliseconds / 1000.0,
                run.toleratedFailures,
                run.trace,
                run.isolation,
                records(run),
                batches(run),
                run.retries,
                rate(run),
                secondsLeft(run),
                run.createdAt,
                run.startedAt,
                run.finishedAt);
    }

    static RecordCounts records(Run run) {
        return new RecordCounts(run.records, run.succeeded, run.failed, run.skipped, run.cancelled, run.pending());
    }

    static BatchCounts batches(Run run) {
        int ended = run.batchesSucceeded + run.batchesFailed + run.batchesCancelled;
        return new BatchCounts(
                run.batches,
                run.batches - ended - run.batchesRunning,
                run.batchesRunning,
                run.batchesSucceeded,
                run.batchesFailed,
                run.batchesCancelled);
    }

    static @Nullable Double rate(Run run) {
        long done = run.succeeded + run.failed + run.skipped - run.doneBefore;
        Double seconds = run.secondsRunning;
        return seconds == null || seconds <= 0 || done <= 0 ? null : done / seconds;
    }

    static @Nullable Double secondsLeft(Run run) {
        Double rate = rate(run);
        return rate == null || run.status.isFinal() ? null : run.pending() / rate;
    }
}
