/** Pipelines. */
@NullMarked
package dev.datapipeline.pipeline;

import org.jspecify.annotations.NullMarked;
