/** The OpenAPI document, created when the first client asks for it. */
@OpenAPIDefinition(
        info = @Info(title = "Data Pipeline Framework", version = "1"),
        components = @Components(schemas = @Schema(name = "Problem", implementation = Problem.class)))
@NullMarked
package dev.datapipeline.http.openapi;

import dev.datapipeline.problem.Problem;

import org.eclipse.microprofile.openapi.annotations.Components;
import org.eclipse.microprofile.openapi.annotations.OpenAPIDefinition;
import org.eclipse.microprofile.openapi.annotations.info.Info;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.NullMarked;
