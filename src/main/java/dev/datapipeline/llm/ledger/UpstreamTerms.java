package dev.datapipeline.llm.ledger;

import dev.datapipeline.llm.limit.RateLimiter;
import dev.datapipeline.llm.limit.RateLimits;
import dev.datapipeline.llm.limit.TokenEstimate;
import dev.datapipeline.llm.money.PriceTable;
import dev.datapipeline.time.Timer;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Prices of an upstream, and how fast its models may be called. */
final class UpstreamTerms {
    /** More names than any upstream has models: a script that makes up names shares one limiter. */
    private static final int MOST_MODELS = 1_000;

    private static final String OTHERS = "";

    private final PriceTable prices;
    private final RateLimits limits;
    private final boolean releasesUncertain;
    private final Timer timer;
    private final Map<String, ModelRate> rates = new ConcurrentHashMap<>();

    /** How fast one model may be called. */
    record ModelRate(RateLimiter limiter, TokenEstimate estimate) {}

    /** @param releasesUncertain whether an upstream's own errors are taken to cost nothing */
    UpstreamTerms(PriceTable prices, RateLimits limits, boolean releasesUncertain, Timer timer) {
        this.prices = prices;
        this.limits = limits;
        this.releasesUncertain = releasesUncertain;
        this.timer = timer;
    }

    PriceTable prices() {
        return prices;
    }

    boolean releasesUncertain() {
        return releasesUncertain;
    }

    ModelRate rate(String model) {
        ModelRate known = rates.get(model);
        if (known != null) {
            return known;
        }
        return rates.computeIfAbsent(rates.size() < MOST_MODELS ? model : OTHERS, unknown -> newRate());
    }

    private ModelRate newRate() {
        return new ModelRate(new RateLimiter(limits, timer), new TokenEstimate());
    }
}
