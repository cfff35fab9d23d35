package dev.datapipeline.run;

import dev.datapipeline.llm.call.ModelAccess;
import dev.datapipeline.sandbox.engine.pipeline.PipelineSource;
import dev.datapipeline.sandbox.image.SandboxBase;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What a worker needs to know about a run, without its scripts. Only a retry changes it.
 *
 * @param retries how often the run was retried; each time its pipeline may change
 * @param pipeline read when a sandbox loads it; fails with CLOSED once the run was retried
 * @param base of its sandboxes
 * @param memory bytes that each of them may take; null for the limit of the settings
 * @param isolatesBatches a sandbox of its own for every batch
 * @param models that its scripts may call; null where they call none
 */
public record RunSpec(
        RunRef run,
        UUID dataset,
        int retries,
        PipelineSource pipeline,
        SandboxBase base,
        @Nullable Long memory,
        boolean isolatesBatches,
        @Nullable ModelAccess models) {}
