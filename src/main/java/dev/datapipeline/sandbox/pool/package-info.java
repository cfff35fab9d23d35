/**
 * The pool of sandboxes. {@link dev.datapipeline.sandbox.pool.SandboxPool} is the entrance; it holds
 *
 * <ul>
 *   <li>a {@code RunSandboxPool} for each owner: leased sandboxes, and idle ones between two batches,
 *   <li>a {@code WarmSandboxPool}: who waits ({@code WaitingLine}), what is ready of each image ({@code ImageStocks}) and for each
 *       environment ({@code PrimedStock}), what is started
 *       ({@code BackgroundLauncher}) and when it is tried again after a failure ({@code LaunchBackoff}),
 *   <li>a {@code CheckSandboxPool} for checks of scripts.
 * </ul>
 *
 * <p>Locks are taken in one order: {@code WarmSandboxPool} before {@code RunSandboxPool}. Discarding a sandbox takes no lock of the pool, so
 * that it is allowed under any of them.
 */
@NullMarked
package dev.datapipeline.sandbox.pool;

import org.jspecify.annotations.NullMarked;
