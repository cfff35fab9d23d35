package dev.datapipeline.pipeline;

import java.util.UUID;

/** A version of a saved pipeline, taken out for a run. */
public record PipelineCopy(UUID id, int version, Pipeline pipeline) {}
