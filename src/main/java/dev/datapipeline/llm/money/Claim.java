package dev.datapipeline.llm.money;

/**
 * What is set aside for a call before it goes up.
 *
 * @param inputTokens that the amount pays for; 0 where the model is free
 * @param outputTokens that the amount pays for; 0 where the model is free
 */
public record Claim(Picodollars amount, long inputTokens, long outputTokens) {}
