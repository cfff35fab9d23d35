package dev.datapipeline.llm.call;

/**
 * Tokens as an upstream reports them. Values are what it said, also negative ones; the ledger decides what to believe. What it did not say
 * is 0.
 *
 * @param prompt all input, cached and written ones included
 * @param cached of the input, read from the upstream's cache
 * @param cacheWrite of the input, written to it
 * @param completion all output, reasoning included
 * @param reasoning of the output
 * @param isWellFormed false where a number is missing, not whole or not a number
 */
public record Usage(long prompt, long cached, long cacheWrite, long completion, long reasoning, boolean isWellFormed) {}
