package dev.datapipeline.run;

import dev.datapipeline.pipeline.Pipeline;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The pipeline of a request; id and version where it is a saved one. */
public record ChosenPipeline(
        Pipeline pipeline, @Nullable UUID id, @Nullable Integer version) {}
