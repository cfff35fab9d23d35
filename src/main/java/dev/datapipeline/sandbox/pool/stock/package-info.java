/**
 * What the pool has ready and what it starts next: who waits ({@link dev.datapipeline.sandbox.pool.stock.WaitingLine}), sandboxes of each
 * image ({@link dev.datapipeline.sandbox.pool.stock.ImageStocks}), those that have imported an environment
 * ({@link dev.datapipeline.sandbox.pool.stock.PrimedStock}), and when a start is tried again after a failure
 * ({@link dev.datapipeline.sandbox.pool.stock.LaunchBackoff}).
 *
 * <p>Nothing here is thread-safe or starts a thread: {@code WarmSandboxPool} calls it under its lock.
 */
@NullMarked
package dev.datapipeline.sandbox.pool.stock;

import org.jspecify.annotations.NullMarked;
