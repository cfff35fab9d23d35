package dev.datapipeline.sandbox.engine;

/** Counts of a finished batch: succeeded + failed + skipped = records. */
public record BatchSummary(int records, int succeeded, int failed, int skipped) {}
