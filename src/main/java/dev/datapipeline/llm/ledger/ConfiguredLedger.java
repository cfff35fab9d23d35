package dev.datapipeline.llm.ledger;

import dev.datapipeline.llm.budget.AccountSettings;
import dev.datapipeline.llm.limit.RateLimits;
import dev.datapipeline.llm.money.Picodollars;
import dev.datapipeline.llm.money.PriceTable;
import dev.datapipeline.llm.money.UpstreamPrices;
import dev.datapipeline.llm.upstream.LlmConfig;
import dev.datapipeline.llm.upstream.UpstreamConfig;
import dev.datapipeline.sandbox.ServiceInstance;
import dev.datapipeline.time.Timer;
import jakarta.inject.Singleton;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/** What the settings say to the ledger. */
@Singleton
final class ConfiguredLedger {
    private final LlmConfig config;
    private final UpstreamPrices prices;
    private final ServiceInstance service;

    ConfiguredLedger(LlmConfig config, UpstreamPrices prices, ServiceInstance service) {
        this.config = config;
        this.prices = prices;
        this.service = service;
    }

    /** Whether any call can be made. */
    boolean isUsed() {
        return !config.upstreams().isEmpty();
    }

    /** Name of this process. */
    String process() {
        return service.process();
    }

    LedgerSettings settings() {
        AccountSettings accounts = new AccountSettings(
                service.id(),
                service.process(),
                MachineStart.id(),
                Picodollars.ofDollars(config.runBudget()),
                Picodollars.ofDollars(config.trialBudget()),
                Picodollars.ofDollars(config.trialsPerDayBudget()));
        return new LedgerSettings(accounts, config.cache().size().asLongValue());
    }

    /** Prices and limits by upstream. */
    Map<String, UpstreamTerms> terms(Timer timer) {
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
