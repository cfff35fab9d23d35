/**
 * Finds records of a run in input order, joined from dataset and results.
 *
 * <p>{@link dev.datapipeline.results.scan.RunRecords} chooses the batches, a {@code RecordScanner} reads them, a
 * {@link dev.datapipeline.results.scan.RecordVisitor} gets each record. Values are passed on as bytes.
 */
@NullMarked
package dev.datapipeline.results.scan;

import org.jspecify.annotations.NullMarked;
