/**
 * Pipelines: steps with their scripts, and the rules that hold for names and sources.
 *
 * <p>{@code pipeline.saved} keeps pipelines with their versions, {@code pipeline.form} reads them from multipart forms, {@code pipeline.check}
 * checks scripts in a sandbox.
 */
@NullMarked
package dev.datapipeline.pipeline;

import org.jspecify.annotations.NullMarked;
