/**
 * Readers of CSV uploads: the layout of the table, its header, and rows as JSON objects.
 */
@NullMarked
package dev.datapipeline.dataset.ingest.csv;

import org.jspecify.annotations.NullMarked;
