package dev.datapipeline.run.event;

import java.util.UUID;

/** A run was committed, or opened again: its batches are pending. Fired after the commit. */
public record RunSubmitted(UUID run, int maxParallelBatches) {}
