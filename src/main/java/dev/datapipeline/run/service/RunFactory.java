package dev.datapipeline.run.service;

import dev.datapipeline.run.NewRun;
import dev.datapipeline.run.Run;
import dev.datapipeline.run.RunEnvironment;
import dev.datapipeline.run.RunOptions;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Makes the row of a new run. */
final class RunFactory {
    private RunFactory() {}

    /**
     * @param steps of the pipeline as JSON
     * @param models that scripts may call, as JSON; null where they call none
     * @param packages of its environment, as JSON; null where there are none
     */
    static Run of(NewRun submission, String steps, @Nullable String models, @Nullable String packages) {
        RunOptions options = submission.options();
        Run run = new Run();
        run.id = UUID.randomUUID();
        run.name = submission.name() == null ? submission.pipeline().pipeline().name() : submission.name();
        run.projectId = submission.dataset().projectId();
        run.datasetId = submission.dataset().id();
        run.pipelineId = submission.pipeline().id();
        run.pipelineVersion = submission.pipeline().version();
        run.pipelineName = submission.pipeline().pipeline().name();
        run.pipelineDescription = submission.pipeline().pipeline().description();
        run.steps = steps;
        run.llm = models;
        RunEnvironment environment = submission.environment();
        run.environmentId = environment == null ? null : environment.id();
        run.packages = packages;
        run.memoryMegabytes = environment == null ? null : environment.memoryMegabytes();
        run.batchSize = options.batchSize();
        run.maxParallelBatches = options.maxParallelBatches();
        run.recordConcurrency = options.recordConcurrency();
        run.recordTimeoutMilliseconds = options.recordTimeout().toMillis();
        run.toleratedFailures = options.toleratedFailures() == null
                ? null
                : options.toleratedFailures().of(submission.dataset().records());
        run.trace = options.keepsAllStages() ? "all" : "final";
        run.isolation = options.isolatesBatches() ? "batch" : "run";
        run.idempotencyKey = submission.idempotencyKey();
        run.requestDigest = submission.requestDigest();
        run.records = submission.dataset().records();
        run.batches = (int) submission.batches();
        return run;
    }
}
