package dev.datapipeline.worker.dispatch;

import dev.datapipeline.run.BatchId;

/** Fired when a running batch is preempted: its attempt is aborted, and its batch released. */
public record TurnEnded(BatchId batch) {}
