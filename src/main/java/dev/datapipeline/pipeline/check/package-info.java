/**
 * Checks scripts inside a sandbox: they are parsed, never executed.
 */
@NullMarked
package dev.datapipeline.pipeline.check;

import org.jspecify.annotations.NullMarked;
