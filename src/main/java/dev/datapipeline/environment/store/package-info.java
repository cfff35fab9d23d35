/**
 * The table of environments: all SQL of them.
 *
 * <p>{@link dev.datapipeline.environment.store.EnvironmentRepository} has what is asked for and read, {@link
 * dev.datapipeline.environment.store.EnvironmentClaims} what a worker changes, {@link dev.datapipeline.environment.store.EnvironmentUses} who
 * uses an environment and what may be removed. States go forward only: RESOLVING, BUILDING, READY or FAILED; READY, EVICTED, BUILDING.
 *
 * <p>A worker names the attempt that it has claimed, so that one that has lost its lease changes nothing. Time is that of the database.
 */
@NullMarked
package dev.datapipeline.environment.store;

import org.jspecify.annotations.NullMarked;
