/**
 * Takes batches from the channel and runs them: claim, sandbox, durable results, guarded finish.
 *
 * <p>{@link dev.datapipeline.worker.BatchConsumer} is rung with ids, {@link dev.datapipeline.worker.BatchAttempt} is one attempt and ends
 * exactly once, {@link dev.datapipeline.worker.Leases} keeps its claim alive or cuts it short,
 * {@link dev.datapipeline.worker.BatchRescuer} returns what nobody works on. {@link dev.datapipeline.worker.LogContext} has every line of
 * the log say which batch it is about. A failing script is data here, never an exception; trouble of the infrastructure gives the batch back and never fails a record. No transaction is open while a
 * sandbox works.
 */
@NullMarked
package dev.datapipeline.worker;

import org.jspecify.annotations.NullMarked;
