/**
 * Sandboxes: isolated places with the Python engine in them.
 *
 * <p>{@link dev.datapipeline.sandbox.Sandboxes} leases a {@link dev.datapipeline.sandbox.Sandbox} to workers and trials, and checks scripts.
 * {@code sandbox.pool} implements it: it keeps sandboxes warm and starts more through a {@link dev.datapipeline.sandbox.SandboxLauncher}.
 * What a sandbox is made of is known in {@code sandbox.docker} only.
 *
 * <p>A sandbox belongs to one {@link dev.datapipeline.sandbox.SandboxOwner} for life and is never leased to another. One that breaks the
 * protocol is destroyed. Every wait has a bound.
 */
@NullMarked
package dev.datapipeline.sandbox;

import org.jspecify.annotations.NullMarked;
