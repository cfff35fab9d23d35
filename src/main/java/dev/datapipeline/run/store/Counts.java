package dev.datapipeline.run.store;

import dev.datapipeline.run.BatchStatus;

/** What the end of a batch adds to the counters of its run; {@code batch} is the final status of the batch. */
public record Counts(BatchStatus batch, long succeeded, long failed, long skipped, long cancelled) {}
