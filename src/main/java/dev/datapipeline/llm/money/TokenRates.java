package dev.datapipeline.llm.money;

import dev.datapipeline.llm.call.Usage;

/**
 * Prices of one token.
 *
 * @param input of what the upstream reads anew
 * @param cachedInput of what it had cached
 * @param cacheWrite of what it writes to its cache
 * @param output of what it answers, reasoning included
 */
public record TokenRates(Picodollars input, Picodollars cachedInput, Picodollars cacheWrite, Picodollars output) {
    static final TokenRates FREE =
            new TokenRates(Picodollars.ZERO, Picodollars.ZERO, Picodollars.ZERO, Picodollars.ZERO);

    public TokenRates {
        if (input.value() < 0 || cachedInput.value() < 0 || cacheWrite.value() < 0 || output.value() < 0) {
            throw new IllegalArgumentException("a price is below zero");
        }
    }

    /** The higher price of both for each kind of token. */
    TokenRates dearest(TokenRates other) {
        return new TokenRates(
                input.max(other.input),
                cachedInput.max(other.cachedInput),
                cacheWrite.max(other.cacheWrite),
                output.max(other.output));
    }

    /** The most that so many tokens can cost: every token of the input may have to be written to a cache. */
    Picodollars bound(long inputTokens, long outputTokens) {
        Picodollars dearestInput = input.max(cachedInput).max(cacheWrite);
        return dearestInput.times(inputTokens).plus(output.times(outputTokens));
    }

    /** What the usage costs. Cached and written tokens are part of the prompt, reasoning is part of the completion. */
    Picodollars cost(Usage usage) {
        long fresh = Math.max(0, usage.prompt() - usage.cached() - usage.cacheWrite());
        return input.times(fresh)
                .plus(cachedInput.times(usage.cached()))
                .plus(cacheWrite.times(usage.cacheWrite()))
                .plus(output.times(usage.completion()));
    }
}
