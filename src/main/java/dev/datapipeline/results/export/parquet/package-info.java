/**
 * Results as a Parquet file, written row group by row group.
 */
@NullMarked
package dev.datapipeline.results.export.parquet;

import org.jspecify.annotations.NullMarked;
