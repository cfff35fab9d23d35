package dev.datapipeline.llm.limit;

import java.util.OptionalLong;

/**
 * What an upstream allows for a model, as far as the settings say; the rest is learnt.
 *
 * @param requests a minute
 * @param tokens a minute
 * @param inFlight requests at one time
 */
public record RateLimits(OptionalLong requests, OptionalLong tokens, int inFlight) {}
