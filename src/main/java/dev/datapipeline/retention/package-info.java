/**
 * Deletes runs and datasets that are older than the settings allow, and files that no row refers to.
 *
 * <p>{@code Retention} runs every ten minutes and deletes through {@link dev.datapipeline.run.service.RunService} and
 * {@link dev.datapipeline.dataset.DatasetService}, as a client would. A file is written before the row that refers to it, so
 * young files stay. Open runs, and datasets that a run uses, are never deleted.
 */
@NullMarked
package dev.datapipeline.retention;

import org.jspecify.annotations.NullMarked;
