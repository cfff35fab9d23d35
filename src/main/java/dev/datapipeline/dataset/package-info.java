/**
 * Datasets: what people upload, and its records.
 *
 * <p>{@link dev.datapipeline.dataset.DatasetService} has uploads taken in, which {@link dev.datapipeline.ingest.Ingest} does, and writes the
 * row once their records are durable. Runs and workers read the records back by range through
 * {@link dev.datapipeline.dataset.DatasetRecords}, as the lines they were stored as; they are never parsed again here.
 *
 * <p>A stored dataset never changes, and none goes while a run uses it: the database knows. A row goes before its files do, and comes
 * after them.
 */
@NullMarked
package dev.datapipeline.dataset;

import org.jspecify.annotations.NullMarked;
