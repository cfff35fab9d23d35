package dev.datapipeline.sandbox.engine;

/** Counts of a finished batch: together they are its records. */
public record BatchSummary(int records, int succeeded, int failed, int skipped) {}
