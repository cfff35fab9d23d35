/**
 * Submits, cancels, retries and deletes runs.
 *
 * <p>A run is committed with all its batches before its event is fired. Clients' requests are validated before they come here.
 */
@NullMarked
package dev.datapipeline.run.service;

import org.jspecify.annotations.NullMarked;
