package dev.datapipeline.llm.budget.usage;

/** What sums are kept by. */
public record UsageKey(int stage, String model) {}
