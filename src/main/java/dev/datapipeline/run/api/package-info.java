/**
 * Runs and batches over HTTP, from snapshots that are read once for all who poll.
 */
@NullMarked
package dev.datapipeline.run.api;

import org.jspecify.annotations.NullMarked;
