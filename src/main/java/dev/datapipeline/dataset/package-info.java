/**
 * Datasets: what was uploaded, its fields, its records.
 *
 * <p>{@link dev.datapipeline.dataset.DatasetService} stores uploads through {@code dataset.ingest} and writes the row that makes them a
 * dataset. {@link dev.datapipeline.dataset.DatasetRecords} reads ranges of records as the bytes that were uploaded. A dataset never changes.
 */
@NullMarked
package dev.datapipeline.dataset;

import org.jspecify.annotations.NullMarked;
