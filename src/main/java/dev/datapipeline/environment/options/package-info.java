/** What clients say about the environment of a pipeline, a run or a trial. */
@NullMarked
package dev.datapipeline.environment.options;

import org.jspecify.annotations.NullMarked;
