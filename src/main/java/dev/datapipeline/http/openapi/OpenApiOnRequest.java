package dev.datapipeline.http.openapi;

import io.quarkus.smallrye.openapi.OpenApiFilter;
import org.eclipse.microprofile.openapi.OASFilter;

/**
 * Changes nothing. With a per-request filter Quarkus creates the OpenAPI document on request; without one it writes JSON and YAML at every
 * start.
 */
@OpenApiFilter(OpenApiFilter.RunStage.RUNTIME_PER_REQUEST)
public final class OpenApiOnRequest implements OASFilter {}
