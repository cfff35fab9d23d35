/**
 * Sandboxes as containers of Docker.
 *
 * <p>{@code DockerSandboxes} joins the containers with the pool, starts them with the service and ends them with it. Others get the pool and
 * {@link dev.datapipeline.sandbox.DockerAvailability}, and never call this package.
 *
 * <p>Docker may come later and go at any time; every wait for it has a bound.
 */
@NullMarked
package dev.datapipeline.sandbox.docker;

import org.jspecify.annotations.NullMarked;
