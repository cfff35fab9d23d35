/**
 * Writers of records: JSON, final values, the state table, CSV.
 */
@NullMarked
package dev.datapipeline.results.export;

import org.jspecify.annotations.NullMarked;
