/**
 * The constant parts of exported records: labels of stages, and which columns a table has.
 */
@NullMarked
package dev.datapipeline.results.export.columns;

import org.jspecify.annotations.NullMarked;
