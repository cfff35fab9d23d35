/**
 * The strict gate through which every upload goes, once and as a stream.
 *
 * <p>{@link dev.datapipeline.dataset.ingest.DatasetIngestor} reads an upload with the reader that {@code RecordReaders} chooses by its first
 * bytes and by what the client says, and writes two files: one line per record, and the offsets of the lines. The sub-packages are the
 * bytes ({@code input}), what an upload can be ({@code format}), archives ({@code archive}), and the readers ({@code json}, {@code csv}, {@code workbook},
 * {@code parquet}), which are all a {@code RecordReader}. {@code OpenUpload} unpacks an upload and chooses among them.
 *
 * <p>Memory does not grow with an upload. A record keeps its own bytes: numbers, escapes and the order of keys are never rewritten. Nothing
 * of a rejected upload stays, and every rejection says where. docs/formats.md lists the files that can be uploaded.
 */
@NullMarked
package dev.datapipeline.dataset.ingest;

import org.jspecify.annotations.NullMarked;
