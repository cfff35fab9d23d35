package dev.datapipeline.run;

import dev.datapipeline.sandbox.engine.PipelineSource;
import java.util.UUID;

/**
 * What a worker has to know about a run, without its scripts; it changes with a retry only.
 *
 * @param retries how often the run was retried; each time its pipeline may change
 * @param pipeline read when a sandbox has to load it; closed once the run was retried
 * @param isolatesBatches a sandbox of its own for every batch
 */
public record RunSpec(UUID run, UUID dataset, int retries, PipelineSource pipeline, boolean isolatesBatches) {}
