package dev.datapipeline.run;

import dev.datapipeline.dataset.Dataset;
import dev.datapipeline.pipeline.Pipeline;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A validated request for a run.
 *
 * @param pipelineId null for a pipeline that was not saved
 */
public record NewRun(
        @Nullable String name,
        Dataset dataset,
        Pipeline pipeline,
        @Nullable UUID pipelineId,
        @Nullable Integer pipelineVersion,
        RunOptions options,
        @Nullable String idempotencyKey,
        @Nullable String requestDigest) {
    public long batches() {
        return (dataset.records() + options.batchSize() - 1) / options.batchSize();
    }
}
