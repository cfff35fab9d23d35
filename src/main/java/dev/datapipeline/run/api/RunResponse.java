package dev.datapipeline.run.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonRawValue;
import dev.datapipeline.environment.api.RunEnvironmentResponse;
import dev.datapipeline.environment.options.EnvironmentOptions;
import dev.datapipeline.llm.report.RunModelCalls;
import dev.datapipeline.pipeline.Step;
import dev.datapipeline.run.Run;
import dev.datapipeline.run.RunStatus;
import dev.datapipeline.run.WaitsFor;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** A run as the API shows it. */
@Schema(name = "Run")
public record RunResponse(
        UUID id,
        String name,
        RunStatus status,
        @Nullable String statusReason,
        PipelineOfRun pipeline,
        DatasetOfRun dataset,
        int batchSize,
        int maxParallelBatches,
        int recordConcurrency,
        double recordTimeoutSeconds,
        @Nullable Long toleratedFailures,
        String trace,
        String isolation,
        RecordCounts records,
        BatchCounts batches,

        @Schema(description = "How often its failed and cancelled records were run again")
        int retries,

        @Nullable Double recordsPerSecond,
        @Nullable Double etaSeconds,
        @Schema(required = true) Instant createdAt,
        @Nullable Instant startedAt,
        @Nullable Instant pausedAt,
        @Nullable Instant resumedAt,

        @Schema(required = true, description = "How long all its pauses that are over have lasted")
        double pausedSeconds,

        @Nullable Instant finishedAt,
        @Nullable RunModelCalls llm,

        @Schema(description = "What keeps a queued run from running; null where it can run") @Nullable
        WaitsFor waitsFor,

        @Nullable RunEnvironmentResponse environment,

        @Schema(description = "What people wrote about it") @Nullable
        String note,

        List<String> tags,
        boolean starred) {

    @Schema(name = "RunPipeline")
    record PipelineOfRun(
            String name,

            @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable
            String description,

            @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable
            UUID id,

            @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable
            Integer version,

            @JsonRawValue @Schema(implementation = Step[].class)
            String steps,

            @JsonInclude(JsonInclude.Include.NON_NULL) @Schema(implementation = EnvironmentOptions.class) @Nullable
            PackagesOfRun environment) {}

    /** What was asked for besides the packages that scripts declare, as {@link EnvironmentOptions}. */
    record PackagesOfRun(
            @JsonRawValue String packages,

            @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable
            String image,

            @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable
            Integer memoryMegabytes) {
        static @Nullable PackagesOfRun of(Run run, @Nullable RunEnvironmentResponse environment) {
            if (run.packages == null) {
                return null;
            }
            String image = environment == null ? EnvironmentOptions.DEFAULT_IMAGE : environment.image();
            return new PackagesOfRun(
                    run.packages, image.equals(EnvironmentOptions.DEFAULT_IMAGE) ? null : image, run.memoryMegabytes);
        }
    }

    @Schema(name = "RunDataset")
    record DatasetOfRun(UUID id, String name, long records) {}

    @Schema(name = "RecordCounts")
    record RecordCounts(long total, long succeeded, long failed, long skipped, long cancelled, long pending) {}

    @Schema(name = "BatchCounts")
    record BatchCounts(int total, int queued, int running, int succeeded, int failed, int cancelled) {}

    /**
     * @param steps of its pipeline, as JSON
     * @param calls of models; null where its scripts may make none
     * @param environment null where its scripts need no packages
     */
    static RunResponse of(
            Run run, String steps, @Nullable RunModelCalls calls, @Nullable RunEnvironmentResponse environment) {
        return new RunResponse(
                run.id,
                run.name,
                run.status,
                run.statusReason,
                new PipelineOfRun(
                        run.pipelineName,
                        run.pipelineDescription,
                        run.pipelineId,
                        run.pipelineVersion,
                        steps,
                        PackagesOfRun.of(run, environment)),
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
                run.pausedAt,
                run.resumedAt,
                run.pausedSeconds,
                run.finishedAt,
                calls,
                run.waitsFor,
                environment,
                run.labels.note(),
                run.labels.tags(),
                run.labels.starred());
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
        return seconds == null || seconds <= 0 || done <= 0 || run.status == RunStatus.PAUSED ? null : done / seconds;
    }

    static @Nullable Double secondsLeft(Run run) {
        Double rate = rate(run);
        return rate == null || run.status.isFinal() ? null : run.pending() / rate;
    }
}
