package dev.datapipeline.http.openapi;

import io.quarkus.smallrye.openapi.OpenApiFilter;
import org.eclipse.microprofile.openapi.OASFilter;

/**
 * Changes nothing of the API document, but has it written for whoever asks for it: without a filter that runs for each request, Quarkus
 * writes it as JSON and as YAML at every start.
 */
@OpenApiFilter(OpenApiFilter.RunStage.RUNTIME_PER_REQUEST)
public final class OpenApiOnRequest implements OASFilter {}
