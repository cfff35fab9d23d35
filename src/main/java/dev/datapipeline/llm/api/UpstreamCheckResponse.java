package dev.datapipeline.llm.api;

import dev.datapipeline.llm.upstream.UpstreamCheck;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * What came of a check.
 *
 * @param status of the upstream's answer; absent where there was none
 * @param problem what is wrong and what to do; absent where nothing is
 * @param models that the upstream has
 */
@Schema(name = "LlmUpstreamCheck")
record UpstreamCheckResponse(
        @Schema(required = true) boolean isUsable,
        @Nullable Integer status,
        @Nullable String problem,
        @Schema(required = true) List<String> models,
        @Schema(required = true) long durationMs) {
    static UpstreamCheckResponse of(UpstreamCheck.Result result, long durationMs) {
        return new UpstreamCheckResponse(
                result.problem() == null,
                result.status() == 0 ? null : result.status(),
                result.problem(),
                result.models(),
                durationMs);
    }
}
