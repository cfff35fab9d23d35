/**
 * The strict gate through which every upload goes, once and as a stream.
 *
 * <p>{@code UploadCursor} holds the bytes around the place of reading; {@code RecordReaders} picks a reader by the first of them, with
 * what the client says ({@link dev.datapipeline.ingest.UploadHints}) where they do not tell; {@code JsonScanner} and {@code CsvReader} let
 * nothing through that is not exactly their format; a {@code RecordReader} hands out record by record, {@link dev.datapipeline.ingest.Ingest} stores them: one file
 * with a line per record, one with the offsets of the lines. Datasets call it and keep what it says of an upload; nobody else does.
 *
 * <p>Memory does not grow with an upload. A record keeps its own bytes: numbers, escapes and the order of keys are never rewritten.
 * Nothing of a refused upload stays, every refusal says where. Which files can be uploaded stands in docs/formats.md.
 */
@NullMarked
package dev.datapipeline.ingest;

import org.jspecify.annotations.NullMarked;
