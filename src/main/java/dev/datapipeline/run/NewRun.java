package dev.datapipeline.run;

import dev.datapipeline.dataset.Dataset;
import dev.datapipeline.llm.options.GrantedModels;
import dev.datapipeline.pipeline.ResolvedPipeline;
import org.jspecify.annotations.Nullable;

/**
 * A checked request for a new run.
 *
 * @param models that its scripts may call; null where they call none
 * @param environment of its scripts; null where they need no packages
 */
public record NewRun(
        @Nullable String name,
        Dataset dataset,
        ResolvedPipeline pipeline,
        RunOptions options,
        @Nullable GrantedModels models,
        @Nullable RunEnvironment environment,
        @Nullable String idempotencyKey,
        @Nullable String requestDigest) {
    public long batches() {
        return (dataset.records() + options.batchSize() - 1) / options.batchSize();
    }
}
