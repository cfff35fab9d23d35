/**
 * Named byte streams, the only way to bytes that do not fit a database row: datasets, results, logs.
 *
 * <p>{@link dev.datapipeline.storage.Blobs} is the contract, {@link dev.datapipeline.storage.FileBlobs} keeps it with files below the
 * data folder. A blob is either published whole ({@code create}) or grows at its end ({@code append}), which needs a file system: an object
 * store could keep the former only. Bytes that were forced to disk are never rewritten, and only truncated while nothing refers to them. All
 * names are made by this service: no text of a user becomes a name.
 */
@NullMarked
package dev.datapipeline.storage;

import org.jspecify.annotations.NullMarked;
