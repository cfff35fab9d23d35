package dev.datapipeline.worker.dispatch;

import dev.datapipeline.run.BatchId;

/** Fired when a batch under way has to give its slot to another run: it is to be cut short and given back. */
public record TurnEnded(BatchId batch) {}
