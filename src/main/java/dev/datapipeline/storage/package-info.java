/**
 * Named byte streams, the only way to bytes that do not fit a database row: datasets, results, logs.
 *
 * <p>{@link dev.datapipeline.storage.Blobs} is the contract, {@link dev.datapipeline.storage.FileBlobs} keeps it with files below the
 * data folder; an object store can take its place. A blob is either published whole ({@code create}) or grows at its end
 * ({@code append}); what was forced to disk is never rewritten, and only cut off while nothing refers to it. Names are made by this service alone: nothing a user typed ever
 * becomes a name.
 */
@NullMarked
package dev.datapipeline.storage;

import org.jspecify.annotations.NullMarked;
