/**
 * The life of environments: they are asked for by what is declared, built once for all who ask, and removed when the disk is needed.
 *
 * <p>{@link dev.datapipeline.environment.service.Environments} is what others call to ask for one, and {@link
 * dev.datapipeline.environment.service.EnvironmentFiles} to use it. {@link dev.datapipeline.environment.service.EnvironmentEvictions} decides
 * what is removed, and {@link dev.datapipeline.environment.service.EnvironmentRemovals} removes it. The package {@code environment.worker} builds;
 * {@link dev.datapipeline.environment.service.EnvironmentEnded} is fired after its commit.
 *
 * <p>Files that an open run, a trial or a build uses are never removed.
 */
@NullMarked
package dev.datapipeline.environment.service;

import org.jspecify.annotations.NullMarked;
