/**
 * Runs: their states, options and identities, and the events that tell others about them.
 *
 * <p>{@code run.service} submits, cancels, retries and deletes runs; {@code run.store} has all SQL of runs, batches, attempts and failures;
 * {@code run.api} answers over HTTP. {@link dev.datapipeline.run.RunSubmitted}, {@link dev.datapipeline.run.RunEnded} and
 * {@link dev.datapipeline.run.RunDeleted} are fired after the commit: whoever dispatches batches or keeps something of a run observes them.
 */
@NullMarked
package dev.datapipeline.run;

import org.jspecify.annotations.NullMarked;
