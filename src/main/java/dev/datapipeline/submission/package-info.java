/**
 * Submits runs and retries that clients request as JSON or as a form.
 *
 * <p>{@link dev.datapipeline.submission.SubmissionResource} receives the requests. This package checks pipeline, dataset and options, reports
 * everything that is wrong with its position, and passes valid requests to {@link dev.datapipeline.run.service.RunService}. A retry may bring
 * other scripts, which have to fit the steps of the run.
 *
 * <p>Nothing of a rejected request is stored. Only HTTP and the old endpoints in {@code seed} call this package.
 */
@NullMarked
package dev.datapipeline.submission;

import org.jspecify.annotations.NullMarked;
