package dev.datapipeline.llm.ledger;

import dev.datapipeline.llm.limit.RateLimits;
import dev.datapipeline.llm.money.PriceTable;
import dev.datapipeline.llm.money.UpstreamPrices;
import dev.datapipeline.llm.upstream.LlmConfig;
import dev.datapipeline.llm.upstream.UpstreamConfig;
import dev.datapipeline.time.Timer;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/** Prices and limits of the upstreams in the settings. */
final class ConfiguredTerms {
    private ConfiguredTerms() {}

    static Map<String, UpstreamTerms> of(LlmConfig config, Timer timer) {
        UpstreamPrices prices = new UpstreamPrices(config);
        Map<String, UpstreamTerms> terms = new HashMap<>();
        config.upstreams().forEach((name, upstream) -> terms.put(name, terms(prices.of(name), upstream, timer)));
        return terms;
    }

    private static UpstreamTerms terms(PriceTable prices, UpstreamConfig upstream, Timer timer) {
        return new UpstreamTerms(
                prices,
                new RateLimits(
                        limit(upstream.requestsPerMinute()), limit(upstream.tokensPerMinute()), upstream.inFlight()),
                upstream.releaseUncertain(),
                timer);
    }

    private static OptionalLong limit(Optional<Integer> perMinute) {
        return perMinute.map(limit -> OptionalLong.of(limit)).orElse(OptionalLong.empty());
    }
}
