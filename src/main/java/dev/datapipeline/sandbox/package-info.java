/**
 * Sandboxes: isolated places with the Python engine in them, and the pool that lends them.
 *
 * <p>{@link dev.datapipeline.sandbox.Sandboxes} hands a {@link dev.datapipeline.sandbox.Sandbox} to workers, trials and checks of scripts,
 * from a warm pool where it can. Inside, {@code SandboxPool} lends, {@code SandboxSupply} keeps some warm and makes more through a
 * {@link dev.datapipeline.sandbox.SandboxStarter}: what a sandbox is made of is not known here.
 *
 * <p>A sandbox belongs to one run for life and is never lent to another; one that breaks the protocol is thrown away. Every wait has a
 * bound.
 */
@NullMarked
package dev.datapipeline.sandbox;

import org.jspecify.annotations.NullMarked;
