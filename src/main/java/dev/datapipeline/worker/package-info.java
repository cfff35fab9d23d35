/**
 * Runs batches: claim, sandbox, durable results, guarded finish.
 *
 * <p>{@link dev.datapipeline.worker.BatchConsumer} receives batch ids, a {@code BatchAttempt} is one attempt and ends exactly once,
 * {@code LeaseRenewer} renews its lease or aborts it, {@code ExpiredLeaseRecovery} returns batches that nobody works on to the queue. A
 * script that fails is data; a failure of the infrastructure returns the batch and never fails a record. No transaction is open while a
 * sandbox works.
 */
@NullMarked
package dev.datapipeline.worker;

import org.jspecify.annotations.NullMarked;
