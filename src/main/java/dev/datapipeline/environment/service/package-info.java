/**
 * The life of environments: they are asked for by what is declared, built once for all who ask, and removed when the disk is needed.
 *
 * <p>{@link dev.datapipeline.environment.service.Environments} is what others call. {@code EnvironmentBuilds} claims what is to be built and
 * passes it to {@code EnvironmentWorker}, which resolves and builds; {@code EnvironmentEvictions} removes what was not used for longest.
 * {@link dev.datapipeline.environment.service.EnvironmentEnded} is fired after the commit.
 *
 * <p>A failure of the infrastructure delays an environment and never fails it. Files that an open run, a trial or a build uses are never
 * removed.
 */
@NullMarked
package dev.datapipeline.environment.service;

import org.jspecify.annotations.NullMarked;
