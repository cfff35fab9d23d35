/**
 * Runs: their states, options and identities.
 *
 * <p>{@code run.service} submits, cancels, retries and deletes runs; {@code run.store} has all SQL of runs, batches, attempts and failures;
 * {@code run.api} answers over HTTP; {@code run.event} has the events that tell others what has happened.
 */
@NullMarked
package dev.datapipeline.run;

import org.jspecify.annotations.NullMarked;
