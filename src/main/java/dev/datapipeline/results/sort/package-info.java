/**
 * Records in the order of one of their columns.
 *
 * <p>The order is made by reading every record that matches once ({@link dev.datapipeline.results.sort.SortKeys} keeps at most 64 bytes of each),
 * and is kept as a list of indexes, so that the next page costs only the records on it. A run of up to a million records can be sorted.
 */
@NullMarked
package dev.datapipeline.results.sort;

import org.jspecify.annotations.NullMarked;
