package dev.datapipeline.run;

import dev.datapipeline.sandbox.EnginePipeline;
import java.util.UUID;

/**
 * What never changes about a run and a worker has to know.
 *
 * @param pipeline as the engine is told it
 * @param isolatesBatches a sandbox of its own for every batch
 */
public record RunPlan(UUID run, UUID dataset, EnginePipeline pipeline, boolean isolatesBatches) {}
