/**
 * Isolated containers with the Python engine in them.
 *
 * <p>{@link dev.datapipeline.sandbox.Sandboxes} hands a sandbox to the worker, from a warm pool where it can; a sandbox belongs to one
 * run for life. Inside, {@code SandboxPool} lends, {@code SandboxSupply} keeps some warm, {@code DockerStarter} makes a container
 * and waits for its engine, {@code IsolationCheck} sees that the kernel holds it in, {@code OrphanSweeper} removes what nobody owns;
 * {@code SandboxSystem} puts them together. docker-java is used in this package only.
 *
 * <p>A sandbox that breaks the protocol is thrown away. Every wait has a bound. No path, name or text of a user ever becomes an
 * argument, a file name, a label or an environment variable here.
 */
@NullMarked
package dev.datapipeline.sandbox;

import org.jspecify.annotations.NullMarked;
