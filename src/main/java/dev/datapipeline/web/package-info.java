/**
 * What every part of the HTTP API does the same way, so that no resource does it by hand.
 *
 * <p>JSON is read strictly ({@link dev.datapipeline.web.StrictJson}) and what is wrong with it is said with its place; query parameters
 * that a resource does not declare, repeats or cannot read are refused before the resource is called; lists are
 * {@link dev.datapipeline.web.Page}s with an opaque {@link dev.datapipeline.web.Cursor}. Known to all features, knows none of them.
 */
@OpenAPIDefinition(
        info = @Info(title = "Data Pipeline Framework", version = "1"),
        components = @Components(schemas = @Schema(name = "Problem", implementation = Problem.class)))
@NullMarked
package dev.datapipeline.web;

import dev.datapipeline.problem.Problem;
import org.eclipse.microprofile.openapi.annotations.Components;
import org.eclipse.microprofile.openapi.annotations.OpenAPIDefinition;
import org.eclipse.microprofile.openapi.annotations.info.Info;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.NullMarked;
