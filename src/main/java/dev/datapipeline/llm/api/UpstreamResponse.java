package dev.datapipeline.llm.api;

import dev.datapipeline.llm.money.ModelPrice;
import dev.datapipeline.llm.money.PriceTable;
import dev.datapipeline.llm.upstream.Upstream;
import dev.datapipeline.llm.upstream.UpstreamConfig;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeSet;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * An upstream, without its key.
 *
 * @param host without the path and the query, which may hold secrets
 * @param models that may be called; empty for all
 * @param prices of these models, and of those whose prices the settings say
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
        @Schema(required = true) List<String> models,
        @Schema(required = true) List<PriceResponse> prices) {

    /** Dollars for a million tokens, as decimal text. */
    @Schema(name = "LlmPrice", description = "Dollars for a million tokens, as decimal text")
    record PriceResponse(
            @Schema(required = true) String model,
            @Schema(required = true) String input,
            @Schema(required = true) String cachedInput,
            @Schema(required = true) String output,
            @Nullable Long maxOutputTokens) {
        static PriceResponse of(String model, ModelPrice price) {
            OptionalLong most = price.limits().outputTokens();
            return new PriceResponse(
                    model,
                    price.standard().input().ofMillion().text(),
                    price.standard().cachedInput().ofMillion().text(),
                    price.standard().output().ofMillion().text(),
                    most.isPresent() ? most.getAsLong() : null);
        }
    }

    static UpstreamResponse of(Upstream upstream, PriceTable table) {
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
                List.copyOf(upstream.models()),
                prices(upstream, table));
    }

    private static List<PriceResponse> prices(Upstream upstream, PriceTable table) {
        Set<String> models = new TreeSet<>(table.overridden());
        models.addAll(upstream.models());
        return models.stream()
                .filter(model -> table.price(model).isKnown())
                .map(model -> PriceResponse.of(model, table.price(model)))
                .toList();
    }
}
