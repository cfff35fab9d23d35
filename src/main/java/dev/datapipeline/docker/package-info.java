/**
 * Sandboxes as containers of Docker. docker-java is used in this package only.
 *
 * <p>{@code DockerStarter} makes a container after {@code SandboxProfile} and waits for its engine on a socket of its own,
 * {@code SandboxUsers} gives it a user that no other container has, {@code IsolationCheck} sees that the kernel holds it in, and
 * {@code OrphanSweeper} removes what nobody owns. {@code SandboxSystem} puts
 * them and the pool together, starts them with the service and ends them with it; others are given the pool and
 * {@link dev.datapipeline.sandbox.DockerPresence} and never call this package.
 *
 * <p>Docker may come later and go at any time, and every wait for it has a bound. No path, name or text of a user ever becomes an argument,
 * a file name, a label or an environment variable here, and nothing is mounted but the folder with the sandbox's own socket, read-only.
 */
@NullMarked
package dev.datapipeline.docker;

import org.jspecify.annotations.NullMarked;
