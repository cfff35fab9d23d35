/**
 * Environments over HTTP: asked for, shown while they are built, exported and removed; and as a part of runs.
 */
@NullMarked
package dev.datapipeline.environment.api;

import org.jspecify.annotations.NullMarked;
