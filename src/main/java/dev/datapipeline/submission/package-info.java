/**
 * How runs come in: what clients ask for, as JSON, as a form, or the way the seed system did, and whether they may have it.
 *
 * <p>{@link dev.datapipeline.submission.SubmissionResource} and {@link dev.datapipeline.submission.SeedResource} take requests; pipeline,
 * dataset and options are checked, all that is wrong is said with its place, and what is left goes to
 * {@link dev.datapipeline.run.RunService}. A retry is a submission, too: it may bring other scripts, which
 * have to fit those of the run.
 *
 * <p>Nothing is stored of a request that is refused. The seed's contract is kept to the letter: its page and scripts work unchanged.
 * Nobody calls this package but HTTP.
 */
@NullMarked
package dev.datapipeline.submission;

import org.jspecify.annotations.NullMarked;
