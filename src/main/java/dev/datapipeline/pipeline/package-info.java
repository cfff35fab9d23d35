/**
 * What is to be done with every record: steps of Python scripts. Defined here, run elsewhere.
 *
 * <p>{@link dev.datapipeline.pipeline.Pipeline} and its parts hold the rules: one that exists is valid. What a client sends is read in two
 * shapes, the JSON of the API ({@link dev.datapipeline.pipeline.PipelineRequest}) and a form of files
 * ({@link dev.datapipeline.pipeline.FormPipelines}); both say everything that is wrong at once, with its place. Saved pipelines are
 * templates with versions; a run takes a copy and never looks back. Scripts are text here: they are parsed and run in a sandbox only.
 */
@NullMarked
package dev.datapipeline.pipeline;

import org.jspecify.annotations.NullMarked;
