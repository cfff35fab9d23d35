/**
 * All SQL of runs and attempts; the sub-packages have that of batches and failures.
 *
 * <p>The table is the truth. Every change of a batch is guarded by its attempt number: a late or doubled message changes nothing. Rows are
 * locked in the order run, then batch.
 */
@NullMarked
package dev.datapipeline.run.store;

import org.jspecify.annotations.NullMarked;
