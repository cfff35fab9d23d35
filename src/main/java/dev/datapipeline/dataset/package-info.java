/**
 * Datasets: what people upload, and its records.
 *
 * <p>An upload passes one strict gate as a stream, in memory that does not grow with it: {@link dev.datapipeline.dataset.UploadCursor}
 * holds the bytes around the place of reading, {@link dev.datapipeline.dataset.JsonScanner} and
 * {@link dev.datapipeline.dataset.CsvReader} let nothing through that is not exactly their format, a
 * {@link dev.datapipeline.dataset.RecordReader} hands out record by record, {@link dev.datapipeline.dataset.Ingest} stores them: one
 * file with a line per record, one with the offsets of the lines. Runs read them back by range through
 * {@link dev.datapipeline.dataset.DatasetRecords}.
 *
 * <p>A record keeps its own bytes: numbers, escapes and the order of keys are never rewritten, and records are never parsed again here.
 * Nothing of a refused upload stays, every refusal says where. A stored dataset never changes.
 */
@NullMarked
package dev.datapipeline.dataset;

import org.jspecify.annotations.NullMarked;
