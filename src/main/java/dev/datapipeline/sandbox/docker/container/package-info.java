/**
 * Containers with an engine in them.
 *
 * <p>{@code ContainerLauncher} starts a container as {@code SandboxProfile} describes and waits until its engine connects;
 * {@code IsolationCheck} verifies that the kernel isolates it; {@code OrphanSweeper} removes containers without an owner.
 *
 * <p>No path, name or text of a user becomes an argument, a file name, a label or an environment variable, and nothing is mounted but the
 * folder with the sandbox's own socket and that of the environments, both read-only.
 */
@NullMarked
package dev.datapipeline.sandbox.docker.container;

import org.jspecify.annotations.NullMarked;
