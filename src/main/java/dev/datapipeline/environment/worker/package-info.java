/**
 * Makes environments: resolves what is declared and builds what is locked.
 *
 * <p>{@code EnvironmentBuilds} claims what is to be built and passes it to {@code EnvironmentWorker}, {@code Heartbeats} keep the leases, and
 * {@code BuildEnds} decides what becomes of an environment. A failure of the infrastructure delays an environment and never fails it.
 */
@NullMarked
package dev.datapipeline.environment.worker;

import org.jspecify.annotations.NullMarked;
