/**
 * Runs and their batches: the books.
 *
 * <p>The table is the truth. {@link dev.datapipeline.run.RunService} commits a run with its whole batch plan, then rings for it. The worker
 * claims and finishes through {@link dev.datapipeline.run.BatchLedger}, whose every change is guarded by the attempt number: a late or
 * doubled message changes nothing. {@link dev.datapipeline.run.RunRetries} opens a final run again; a batch then keeps its results until
 * an attempt that ran its failed records has won.
 *
 * <p>What clients ask for is checked before it comes here, what came out is read elsewhere. Locks are taken in the order run, then batch,
 * and what others are told about a run they are told after the commit.
 */
@NullMarked
package dev.datapipeline.run;

import org.jspecify.annotations.NullMarked;
