package dev.datapipeline.run;

import dev.datapipeline.dataset.Dataset;
import dev.datapipeline.pipeline.ResolvedPipeline;
import org.jspecify.annotations.Nullable;

/** A checked request for a new run. */
public record NewRun(
        @Nullable String name,
        Dataset dataset,
        ResolvedPipeline pipeline,
        RunOptions options,
        @Nullable String idempotencyKey,
        @Nullable String requestDigest) {
    public long batches() {
        return (dataset.records() + options.batchSize() - 1) / options.batchSize();
    }
}
