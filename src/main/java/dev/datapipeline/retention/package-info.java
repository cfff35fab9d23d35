/**
 * What is kept, and for how long: runs and datasets that are old go where that is wanted, files that no row names go always.
 *
 * <p>{@code Retention} looks now and then and removes through {@link dev.datapipeline.run.RunService} and
 * {@link dev.datapipeline.dataset.DatasetService}, as a client would; nobody calls it. A file is written before the row that names it, so
 * only what has lain about for long counts as forgotten. An open run, and a dataset that a run uses, never go.
 */
@NullMarked
package dev.datapipeline.retention;

import org.jspecify.annotations.NullMarked;
