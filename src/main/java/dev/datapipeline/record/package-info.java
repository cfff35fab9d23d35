/**
 * The records of a run as people and programs look at them: lists, searches, failures by cause, results to download.
 *
 * <p>{@link dev.datapipeline.record.RecordResource} answers over HTTP. {@link dev.datapipeline.record.RunRecords} chooses the batches, a
 * {@code RecordWalk} goes through them in input order and joins dataset and results, a {@code RecordVisitor} writes what it is shown: as
 * {@link dev.datapipeline.record.RecordJson}, a {@link dev.datapipeline.record.StateTable}, final values or, by the package {@code csv}, CSV. Trials and the seed's
 * endpoint write the same shapes.
 *
 * <p>Reads while the run goes on and changes nothing. Values are spliced as bytes; no result is ever parsed or held whole in memory, and one
 * request looks at a bounded part of a run.
 */
@NullMarked
package dev.datapipeline.record;

import org.jspecify.annotations.NullMarked;
