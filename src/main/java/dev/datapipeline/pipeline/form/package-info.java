/**
 * Pipelines that arrive as multipart forms: a strict form, and the lenient one of the old endpoints.
 */
@NullMarked
package dev.datapipeline.pipeline.form;

import org.jspecify.annotations.NullMarked;
