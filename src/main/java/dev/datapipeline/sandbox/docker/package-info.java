/**
 * Sandboxes as containers of Docker.
 *
 * <p>{@code ContainerLauncher} starts a container as {@code SandboxProfile} describes and waits until its engine connects;
 * {@code IsolationCheck} verifies that the kernel isolates it; {@code OrphanSweeper} removes containers without an owner.
 * {@code DockerSandboxes} joins these with the pool, starts them with the service and ends them with it. Others get the pool and
 * {@link dev.datapipeline.sandbox.DockerAvailability}, and never call this package.
 *
 * <p>Docker may come later and go at any time; every wait for it has a bound. No path, name or text of a user becomes an argument, a file
 * name, a label or an environment variable, and nothing is mounted but the folder with the sandbox's own socket and that of the environments,
 * both read-only.
 */
@NullMarked
package dev.datapipeline.sandbox.docker;

import org.jspecify.annotations.NullMarked;
