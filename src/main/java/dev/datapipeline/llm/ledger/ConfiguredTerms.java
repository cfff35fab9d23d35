package dev.datapipeline.llm.ledger;

import dev.datapipeline.llm.limit.RateLimits;
import dev.datapipeline.llm.money.ModelPrice;
import dev.datapipeline.llm.money.PriceFile;
import dev.datapipeline.llm.money.PriceTable;
import dev.datapipeline.llm.money.TokenPrices;
import dev.datapipeline.llm.upstream.LlmConfig;
import dev.datapipeline.llm.upstream.UpstreamConfig;
import dev.datapipeline.llm.upstream.UpstreamConfig.PriceConfig;
import dev.datapipeline.time.Timer;
import java.math.BigDecimal;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/** Prices and limits of the upstreams in the settings. */
final class ConfiguredTerms {
    private ConfiguredTerms() {}

    static Map<String, UpstreamTerms> of(LlmConfig config, Timer timer) {
        if (config.upstreams().isEmpty()) {
            return Map.of();
        }
        Map<String, ModelPrice> list = PriceFile.read();
        Map<String, UpstreamTerms> terms = new HashMap<>();
        config.upstreams().forEach((name, upstream) -> terms.put(name, terms(list, upstream, timer)));
        return terms;
    }

    private static UpstreamTerms terms(Map<String, ModelPrice> list, UpstreamConfig upstream, Timer timer) {
        Map<String, ModelPrice> overrides = new HashMap<>();
        upstream.prices().forEach((model, price) -> overrides.put(model, price(price)));
        return new UpstreamTerms(
                new PriceTable(list, overrides, upstream.free()),
                new RateLimits(
                        limit(upstream.requestsPerMinute()), limit(upstream.tokensPerMinute()), upstream.inFlight()),
                upstream.releaseUncertain(),
                timer);
    }

    private static ModelPrice price(PriceConfig price) {
        BigDecimal input = price.input();
        return TokenPrices.ofSettings(
                input,
                price.cachedInput().orElse(input),
                price.cacheWrite().orElse(input),
                price.output(),
                price.maxOutput().map(OptionalLong::of).orElse(OptionalLong.empty()));
    }

    private static OptionalLong limit(Optional<Integer> perMinute) {
        return perMinute.map(limit -> OptionalLong.of(limit)).orElse(OptionalLong.empty());
    }
}
