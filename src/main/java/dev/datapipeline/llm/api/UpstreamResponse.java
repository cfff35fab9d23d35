package dev.datapipeline.llm.api;

import dev.datapipeline.llm.upstream.Upstream;
import dev.datapipeline.llm.upstream.UpstreamConfig;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * An upstream, without its key.
 *
 * @param host without the path and the query, which may hold secrets
 * @param models that may be called; empty for all
 */
@Schema(name = "LlmUpstream")
record UpstreamResponse(
        @Schema(required = true) String name,
        @Schema(required = true) String host,
        @Schema(required = true) boolean isDefault,
        @Schema(required = true) boolean hasKey,
        @Schema(required = true) boolean isFree,
        @Schema(required = true) int inFlight,
        @Nullable Integer requestsPerMinute,
        @Nullable Integer tokensPerMinute,
        @Schema(required = true) List<String> models) {
    static UpstreamResponse of(Upstream upstream) {
        UpstreamConfig config = upstream.config();
        return new UpstreamResponse(
                upstream.name(),
                upstream.baseUrl().getScheme() + "://" + upstream.baseUrl().getRawAuthority(),
                config.isDefault(),
                upstream.hasKey(),
                config.free(),
                config.inFlight(),
                config.requestsPerMinute().orElse(null),
                config.tokensPerMinute().orElse(null),
                List.copyOf(upstream.models()));
    }
}
