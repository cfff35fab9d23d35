/**
 * Pipelines as they are sent to the engine: steps and scripts, what is imported before, and the error of scripts that do not load.
 */
@NullMarked
package dev.datapipeline.sandbox.engine.pipeline;

import org.jspecify.annotations.NullMarked;
