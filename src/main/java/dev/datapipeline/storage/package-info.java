/**
 * Named byte streams, the only way to bytes that do not fit a database row: datasets, results, logs.
 *
 * <p>{@link dev.datapipeline.storage.Blobs} is the contract, and promises no more than an object store can keep: a blob is published whole
 * and never changes. {@link dev.datapipeline.storage.FileBlobs} keeps blobs as files below the data folder; it can also append to one, which
 * only the store of results uses. Bytes that were forced to disk are never rewritten, and only truncated while nothing refers to them. All
 * names are made by this service: no text of a user becomes a name.
 */
@NullMarked
package dev.datapipeline.storage;

import org.jspecify.annotations.NullMarked;
