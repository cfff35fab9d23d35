/**
 * Submits, cancels, retries and deletes runs.
 *
 * <p>A run is committed with its whole batch plan before anybody is told of it. Clients' requests are validated before they come here.
 */
@NullMarked
package dev.datapipeline.run.service;

import org.jspecify.annotations.NullMarked;
