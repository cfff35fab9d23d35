/**
 * What batches leave behind: where their results stand, how they read, and why records in them failed.
 *
 * <p>Workers append results to {@link dev.datapipeline.result.Segments}, the books of runs keep the
 * {@link dev.datapipeline.result.ResultLocation} of each batch, and a {@link dev.datapipeline.result.ResultCursor} goes through what stands
 * there. {@link dev.datapipeline.result.CauseGroups} tells the cause of each failed record, the same every time the batch is gone
 * through, so that a retry of one cause finds the records that were counted.
 *
 * <p>Shared by those who write results and those who read them, knows neither. A value is handed on as the bytes it has, never parsed.
 */
@NullMarked
package dev.datapipeline.result;

import org.jspecify.annotations.NullMarked;
