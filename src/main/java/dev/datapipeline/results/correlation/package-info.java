/**
 * Finds what the records of a group, such as those that failed for one cause, have in common and other records have not: a missing field, a
 * value, a type, a range.
 *
 * <p>Reads the raw records of two samples, first those of the group, then others, and holds counters per field, never a record. A request
 * costs at most two samples of 10,000 records and 64 MB each ({@link dev.datapipeline.results.correlation.SampledRecords}).
 */
@NullMarked
package dev.datapipeline.results.correlation;

import org.jspecify.annotations.NullMarked;
