package dev.datapipeline.run.store.attempt;

import java.util.UUID;

/** A batch that ran in a retry of its run. */
public record RetriedBatch(UUID run, int retries, long firstRecord, int records) {}
