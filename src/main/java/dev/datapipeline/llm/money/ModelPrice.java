package dev.datapipeline.llm.money;

import dev.datapipeline.llm.call.InputBound;
import dev.datapipeline.llm.call.Usage;
import java.util.Map;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * What a model costs.
 *
 * @param version of the price, kept with every call: the date of the table, or {@code settings}
 * @param standard where no tier is named
 * @param longContext from a number of input tokens on; null where the price is the same for all lengths
 * @param tiers by name of the service tier, such as {@code priority}
 * @param limits of one answer and one image; what is not known is absent
 * @param hasHiddenOutput whether it bills tokens that a stream does not show (reasoning)
 */
public record ModelPrice(
        String version,
        TokenRates standard,
        @Nullable LongContext longContext,
        Map<String, TokenRates> tiers,
        ModelLimits limits,
        boolean hasHiddenOutput) {
    private static final String DEFAULT_TIER = "default";

    /** No model reads or writes so many for one call: a request that allows more has no bound. */
    private static final long MOST_TOKENS = 1_000_000_000;

    private static final String UNKNOWN = "unknown";

    public ModelPrice {
        tiers = Map.copyOf(tiers);
    }

    /** Rates of all tokens of a call whose input has more tokens than {@code above}. */
    public record LongContext(long above, TokenRates rates) {}

    /** What one answer and one image may have. */
    public record ModelLimits(OptionalLong outputTokens, OptionalLong imageTokens) {
        static final ModelLimits UNKNOWN = new ModelLimits(OptionalLong.empty(), OptionalLong.empty());
    }

    /** Of an upstream that is stated to cost nothing. */
    static ModelPrice free() {
        return new ModelPrice("free", TokenRates.FREE, null, Map.of(), ModelLimits.UNKNOWN, false);
    }

    /** Of a model that stands in no table: nothing can be claimed or booked, only counted. */
    static ModelPrice unknown() {
        return new ModelPrice(UNKNOWN, TokenRates.FREE, null, Map.of(), ModelLimits.UNKNOWN, false);
    }

    public boolean isKnown() {
        return !version.equals(UNKNOWN);
    }

    private boolean isFree() {
        return standard.equals(TokenRates.FREE) && longContext == null && tiers.isEmpty();
    }

    /**
     * The most that a request can cost, at the dearest tier that it can reach.
     *
     * @param outputTokens of all answers together; -1 where the request sets no bound
     * @param serviceTier as the request names it; empty where it does not
     * @return null where it has no bound: content of unknown size, or neither request nor price table limits the answer
     */
    public @Nullable Claim claim(InputBound input, long outputTokens, String serviceTier) {
        if (isFree()) {
            return new Claim(Picodollars.ZERO, 0, 0);
        }
        OptionalLong inputTokens = inputTokens(input);
        long output = outputTokens >= 0 ? outputTokens : limits.outputTokens().orElse(-1);
        if (inputTokens.isEmpty() || inputTokens.getAsLong() > MOST_TOKENS || output < 0 || output > MOST_TOKENS) {
            return null;
        }
        TokenRates rates = dearest(inputTokens.getAsLong(), serviceTier);
        return new Claim(rates.bound(inputTokens.getAsLong(), output), inputTokens.getAsLong(), output);
    }

    private OptionalLong inputTokens(InputBound input) {
        if (!input.isBounded() || (input.images() > 0 && limits.imageTokens().isEmpty())) {
            return OptionalLong.empty();
        }
        long images = Math.multiplyExact(input.images(), limits.imageTokens().orElse(0));
        return OptionalLong.of(Math.addExact(input.tokens(), images));
    }

    /** Without a named tier the account's own default counts, which nobody here knows. */
    private TokenRates dearest(long inputTokens, String serviceTier) {
        TokenRates rates = standard;
        for (Map.Entry<String, TokenRates> tier : tiers.entrySet()) {
            if (!serviceTier.equals(DEFAULT_TIER) && (isAuto(serviceTier) || serviceTier.equals(tier.getKey()))) {
                rates = rates.dearest(tier.getValue());
            }
        }
        if (longContext != null && inputTokens > longContext.above()) {
            rates = rates.dearest(longContext.rates());
        }
        return rates;
    }

    private static boolean isAuto(String serviceTier) {
        return serviceTier.isEmpty() || serviceTier.equals("auto");
    }

    /** @param servedTier as the answer names it, else as the request did */
    Picodollars cost(Usage usage, String servedTier) {
        if (longContext != null && usage.prompt() > longContext.above()) {
            TokenRates tier = tiers.get(servedTier);
            return (tier == null ? longContext.rates() : longContext.rates().dearest(tier)).cost(usage);
        }
        return tiers.getOrDefault(servedTier, standard).cost(usage);
    }
}
