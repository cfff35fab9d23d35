/**
 * The base images that an administrator has named, and what a sandbox has before it gets its pipeline.
 *
 * <p>Pipelines choose an image by its name and never give a reference; {@code sandbox.docker.image} builds the engine on it.
 */
@NullMarked
package dev.datapipeline.sandbox.image;

import org.jspecify.annotations.NullMarked;
