/**
 * Saved pipelines: people edit them, and every change makes a new version.
 */
@NullMarked
package dev.datapipeline.pipeline.saved;

import org.jspecify.annotations.NullMarked;
