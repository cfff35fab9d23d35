package dev.datapipeline.llm.money;

import dev.datapipeline.llm.upstream.LlmConfig;
import dev.datapipeline.llm.upstream.UpstreamConfig;
import dev.datapipeline.llm.upstream.UpstreamConfig.PriceConfig;
import jakarta.inject.Singleton;
import java.math.BigDecimal;
import java.util.HashMap;
import java.util.Map;
import java.util.OptionalLong;

/** What models cost at each upstream of the settings. */
@Singleton
public final class UpstreamPrices {
    private final Map<String, PriceTable> tables = new HashMap<>();

    public UpstreamPrices(LlmConfig config) {
        if (!config.upstreams().isEmpty()) {
            Map<String, ModelPrice> list = PriceFile.read();
            config.upstreams().forEach((name, upstream) -> tables.put(name, table(list, upstream)));
        }
    }

    /** @throws IllegalArgumentException there is no upstream of this name */
    public PriceTable of(String upstream) {
        PriceTable table = tables.get(upstream);
        if (table == null) {
            throw new IllegalArgumentException("no upstream of this name is configured: " + upstream);
        }
        return table;
    }

    private static PriceTable table(Map<String, ModelPrice> list, UpstreamConfig upstream) {
        Map<String, ModelPrice> overrides = new HashMap<>();
        upstream.prices().forEach((model, price) -> overrides.put(model, price(price)));
        return new PriceTable(list, overrides, upstream.free());
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
}
