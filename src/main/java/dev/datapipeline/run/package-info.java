/**
 * Runs and their batches: bookkeeping, and reading what came out.
 *
 * <p>The table is the truth. {@link dev.datapipeline.run.RunService} commits a run with its whole batch plan;
 * the dispatcher then rings for it. The worker claims and finishes through {@link dev.datapipeline.run.BatchLedger}, whose every change is guarded by
 * the attempt number: a late or doubled message changes nothing. Locks are taken in the order run, then batch.
 *
 * <p>{@link dev.datapipeline.submission.RunRetries} opens a final run again. A batch then keeps its results until an attempt that ran its failed
 * records has won.
 *
 * <p>Results are read in input order straight from the blobs of dataset and results, spliced as bytes; no result is ever parsed or held
 * whole in memory.
 */
@NullMarked
package dev.datapipeline.run;

import org.jspecify.annotations.NullMarked;
