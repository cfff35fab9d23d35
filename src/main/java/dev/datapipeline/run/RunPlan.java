package dev.datapipeline.run;

import dev.datapipeline.engine.EnginePipeline;
import java.util.UUID;

/**
 * What a worker has to know about a run; it changes with a retry only.
 *
 * @param retries how often the run was retried; each time its pipeline may change
 * @param pipeline as the engine is told it
 * @param isolatesBatches a sandbox of its own for every batch
 */
public record RunPlan(UUID run, UUID dataset, int retries, EnginePipeline pipeline, boolean isolatesBatches) {}
