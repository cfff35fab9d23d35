package dev.datapipeline.pipeline;

import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * @param id of the saved pipeline; null for one that came with the request
 * @param version of the saved pipeline; null for one that came with the request
 * @param environment of the saved version; null where it has none yet, and for one that came with the request
 */
public record ResolvedPipeline(
        Pipeline pipeline,
        @Nullable UUID id,
        @Nullable Integer version,
        @Nullable UUID environment) {
    public static ResolvedPipeline of(Pipeline pipeline) {
        return new ResolvedPipeline(pipeline, null, null, null);
    }
}
