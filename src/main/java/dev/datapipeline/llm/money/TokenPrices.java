package dev.datapipeline.llm.money;

import dev.datapipeline.llm.money.ModelPrice.ModelLimits;
import java.math.BigDecimal;
import java.util.Map;
import java.util.OptionalLong;

/** Prices as people write them: dollars for a million tokens. */
public final class TokenPrices {
    private static final String FROM_SETTINGS = "settings";

    private TokenPrices() {}

    static TokenRates rates(BigDecimal input, BigDecimal cachedInput, BigDecimal cacheWrite, BigDecimal output) {
        return new TokenRates(
                Picodollars.perMillion(input),
                Picodollars.perMillion(cachedInput),
                Picodollars.perMillion(cacheWrite),
                Picodollars.perMillion(output));
    }

    /**
     * A price that an administrator has set; it holds for all tiers and lengths.
     *
     * @param maxOutput tokens that one answer can have at most, where that is known
     */
    public static ModelPrice ofSettings(
            BigDecimal input,
            BigDecimal cachedInput,
            BigDecimal cacheWrite,
            BigDecimal output,
            OptionalLong maxOutput) {
        return new ModelPrice(
                FROM_SETTINGS,
                rates(input, cachedInput, cacheWrite, output),
                null,
                Map.of(),
                new ModelLimits(maxOutput, OptionalLong.empty()),
                false);
    }
}
