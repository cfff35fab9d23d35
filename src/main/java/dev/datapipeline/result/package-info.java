/**
 * Results of batches: where they are stored, their format, and why records failed.
 *
 * <p>Workers write through a {@link dev.datapipeline.result.ResultStore}, a run keeps the {@link dev.datapipeline.result.ResultLocation} of
 * each batch, and a {@link dev.datapipeline.result.ResultReader} reads what is stored there.
 * {@link dev.datapipeline.result.FailureGrouping} gives each failed record its cause, the same each time a batch is read, so that a retry of
 * one cause finds the records that were counted.
 *
 * <p>Shared by those who write results and those who read them; knows neither. A value is passed on as bytes, never parsed: one that is
 * stored as a change is joined from pieces of the record and of the result while it is written.
 */
@NullMarked
package dev.datapipeline.result;

import org.jspecify.annotations.NullMarked;
