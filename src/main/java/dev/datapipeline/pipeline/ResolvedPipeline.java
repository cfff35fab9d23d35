package dev.datapipeline.pipeline;

import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * @param id of the saved pipeline; null for one that came with the request
 * @param version of the saved pipeline; null for one that came with the request
 */
public record ResolvedPipeline(
        Pipeline pipeline, @Nullable UUID id, @Nullable Integer version) {
    public static ResolvedPipeline of(Pipeline pipeline) {
        return new ResolvedPipeline(pipeline, null, null);
    }
}
