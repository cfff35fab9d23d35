/**
 * Retries of a batch: the records that run again, and the results that are kept from earlier attempts.
 */
@NullMarked
package dev.datapipeline.worker.retry;

import org.jspecify.annotations.NullMarked;
