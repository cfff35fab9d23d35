package dev.datapipeline.trial;

import dev.datapipeline.pipeline.Pipeline;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What is to be tried.
 *
 * @param records JSON objects
 * @param calls of models; null where scripts may call none
 * @param environment of its scripts; null where they need no packages
 */
record TrialOrder(
        Pipeline pipeline,
        List<RawRecord> records,
        @Nullable TrialCalls calls,
        @Nullable TrialEnvironment environment) {}
