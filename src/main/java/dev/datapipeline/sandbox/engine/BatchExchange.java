package dev.datapipeline.sandbox.engine;

/** The two ends of a batch: where its records come from and where its results go. The parts in between pass it on as it is. */
public record BatchExchange(BatchInput input, BatchOutput output) {}
