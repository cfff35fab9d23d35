/**
 * The words for what is sent to the Python engine in a sandbox and what comes back: pipelines, batches, results, errors of scripts,
 * failures of the sandbox.
 *
 * <p>{@code sandbox.engine.protocol} speaks the protocol; everybody else uses these words only.
 */
@NullMarked
package dev.datapipeline.sandbox.engine;

import org.jspecify.annotations.NullMarked;
