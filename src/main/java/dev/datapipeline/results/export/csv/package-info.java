/**
 * Results as CSV: which cells a record has, and the columns of all of them.
 */
@NullMarked
package dev.datapipeline.results.export.csv;

import org.jspecify.annotations.NullMarked;
