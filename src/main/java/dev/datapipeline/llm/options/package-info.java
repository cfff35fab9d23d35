/**
 * What a client says about the model calls of a run, a pipeline or a trial.
 *
 * <p>A {@link dev.datapipeline.llm.options.ModelOptionsRequest} is what came in, {@link dev.datapipeline.llm.options.ModelOptions} is what
 * is stored with a pipeline, and {@link dev.datapipeline.llm.options.ModelOptionsResolver} turns it into what a run may do, with the
 * upstreams, prices and defaults of the settings. Nothing here calls anybody.
 */
@NullMarked
package dev.datapipeline.llm.options;

import org.jspecify.annotations.NullMarked;
