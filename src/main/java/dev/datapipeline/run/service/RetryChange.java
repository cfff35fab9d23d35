package dev.datapipeline.run.service;

import dev.datapipeline.llm.options.GrantedModels;
import dev.datapipeline.pipeline.ResolvedPipeline;
import dev.datapipeline.run.RunEnvironment;
import org.jspecify.annotations.Nullable;

/**
 * What a retry changes of a run.
 *
 * @param pipeline that replaces the one of the run, validated against its steps; null keeps that
 * @param environment of the pipeline that replaces the one of the run; null where its scripts need no packages
 * @param models that scripts may call from now on; null keeps what the run has
 * @param setsBudget whether the budget of the models replaces the one of the run
 */
public record RetryChange(
        @Nullable ResolvedPipeline pipeline,
        @Nullable RunEnvironment environment,
        @Nullable GrantedModels models,
        boolean setsBudget) {
    static final RetryChange NONE = new RetryChange(null, null, null, false);
}
