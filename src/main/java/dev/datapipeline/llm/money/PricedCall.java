package dev.datapipeline.llm.money;

/**
 * A call whose most possible cost is known.
 *
 * @param serviceTier as the request names it; empty where it does not
 */
public record PricedCall(ModelPrice price, Claim claim, String serviceTier) {}
