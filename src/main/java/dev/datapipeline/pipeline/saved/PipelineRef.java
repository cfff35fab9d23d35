package dev.datapipeline.pipeline.saved;

import java.util.UUID;

/** A saved pipeline that whoever holds this may reach. {@link VisiblePipelines} makes one for a caller; the architecture test names who may. */
public record PipelineRef(UUID id) {}
