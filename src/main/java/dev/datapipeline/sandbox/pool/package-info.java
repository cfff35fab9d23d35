/**
 * The pool of sandboxes. {@link dev.datapipeline.sandbox.pool.SandboxPool} is the entrance; it holds
 *
 * <ul>
 *   <li>a {@code RunSandboxPool} for each owner: leased sandboxes, and idle ones between two batches,
 *   <li>a {@code WarmSandboxPool}, which decides by {@code sandbox.pool.stock} what is ready and what {@code BackgroundLauncher} starts,
 *   <li>a {@code CheckSandboxPool} for checks of scripts.
 * </ul>
 *
 * <p>Locks are taken in one order: {@code WarmSandboxPool} before {@code RunSandboxPool}. Discarding a sandbox takes no lock of the pool, so
 * that it is allowed under any of them.
 */
@NullMarked
package dev.datapipeline.sandbox.pool;

import org.jspecify.annotations.NullMarked;
