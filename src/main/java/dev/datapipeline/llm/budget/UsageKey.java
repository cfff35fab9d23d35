package dev.datapipeline.llm.budget;

/** What sums are kept by. */
public record UsageKey(int stage, String model) {}
