/**
 * Trials: a pipeline on a few records, before there is a run.
 *
 * <p>{@link dev.datapipeline.trial.TrialResource} takes pipeline and records, {@code Trials} borrows a sandbox of its own for them and shows
 * the results as the records of a run are shown. Records, results and log are held in memory, which their number and size allow.
 *
 * <p>Nothing is kept, no table is touched but that of environments. Few trials are under way at once and each of them is short: they must never keep runs from
 * their sandboxes for long.
 */
@NullMarked
package dev.datapipeline.trial;

import org.jspecify.annotations.NullMarked;
