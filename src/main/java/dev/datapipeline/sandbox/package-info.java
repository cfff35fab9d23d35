/**
 * Sandboxes: isolated places with the Python engine in them, and the pool that lends them.
 *
 * <p>{@link dev.datapipeline.sandbox.Sandboxes} lends a {@link dev.datapipeline.sandbox.Sandbox} to workers, trials and checks of scripts,
 * from a warm pool where it can. {@code SandboxPool} lends, {@code WarmSandboxPool} keeps some ready and starts more through a
 * {@link dev.datapipeline.sandbox.SandboxLauncher}. What a sandbox is made of is known in {@code sandbox.docker} only.
 *
 * <p>A sandbox belongs to one run for life and is never lent to another. One that breaks the protocol is destroyed. Every wait has a bound.
 */
@NullMarked
package dev.datapipeline.sandbox;

import org.jspecify.annotations.NullMarked;
