package dev.datapipeline.pipeline.saved;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectWriter;
import dev.datapipeline.http.download.DownloadLimiter;
import dev.datapipeline.http.paging.ListCursor;
import dev.datapipeline.http.paging.Page;
import dev.datapipeline.label.LabelRequest;
import dev.datapipeline.listing.ListOrder;
import dev.datapipeline.llm.options.ModelOptionsResolver;
import dev.datapipeline.memory.MemoryLease;
import dev.datapipeline.pipeline.Pipeline;
import dev.datapipeline.pipeline.PipelineRequest;
import dev.datapipeline.pipeline.check.PipelineChecker;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PATCH;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.StreamingOutput;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponseSchema;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.ResponseStatus;
import org.jboss.resteasy.reactive.RestPath;
import org.jboss.resteasy.reactive.RestQuery;
import org.jboss.resteasy.reactive.RestResponse;
import org.jspecify.annotations.Nullable;

/** Saved pipelines. */
@Path("/api/v1/pipelines")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Pipelines")
class PipelineResource {
    private static final String PATH = "/api/v1/pipelines/";

    private final PipelineService pipelines;
    private final PipelineChecker scripts;
    private final ModelOptionsResolver models;
    private final VersionEnvironments environments;
    private final DownloadLimiter downloads;
    private final ObjectWriter writer;

    PipelineResource(
            PipelineService pipelines,
            PipelineChecker scripts,
            ModelOptionsResolver models,
            VersionEnvironments environments,
            DownloadLimiter downloads,
            ObjectMapper mapper) {
        this.pipelines = pipelines;
        this.scripts = scripts;
        this.models = models;
        this.environments = environments;
        this.downloads = downloads;
        this.writer = mapper.writerFor(SavedPipelineResponse.class).without(JsonGenerator.Feature.AUTO_CLOSE_TARGET);
    }

    @GET
    @Operation(
            operationId = "listPipelines",
            summary = "The saved pipelines without their scripts, newest first unless told otherwise")
    public Page<PipelineSummary> list(
            @BeanParam PipelineFilter filter,
            @RestQuery @DefaultValue("NEWEST") PipelineSort sort,
            @RestQuery @DefaultValue("50") @Min(1) @Max(1000) int limit,
            @RestQuery @Nullable ListCursor cursor) {
        ListOrder<PipelineRepository.Listed> order = sort.order();
        return pipelines.list(filter.conditions().after(cursor, order, "p.id"), order, limit);
    }

    @GET
    @Path("/totals")
    @Operation(operationId = "countPipelines", summary = "How many saved pipelines there are")
    public PipelineTotals totals(@BeanParam PipelineFilter filter) {
        return pipelines.totals(filter.conditions());
    }

    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    @Operation(operationId = "createPipeline", summary = "Save a pipeline")
    @APIResponseSchema(value = SavedPipelineResponse.class, responseCode = "201")
    public RestResponse<SavedPipelineResponse> create(PipelineRequest request) {
        Pipeline definition = checked(request);
        SavedPipelineResponse saved = pipelines.create(definition, environments.ofFirst(definition));
        return RestResponse.ResponseBuilder.create(RestResponse.Status.CREATED, saved)
                .header(HttpHeaders.LOCATION, PATH + saved.id())
                .build();
    }

    @GET
    @Path("/{id}")
    @Operation(operationId = "getPipeline", summary = "A saved pipeline, in its latest version unless told otherwise")
    @APIResponse(
            responseCode = "200",
            content = @Content(schema = @Schema(implementation = SavedPipelineResponse.class)))
    public Response get(@RestPath UUID id, @RestQuery @Nullable Integer version) {
        if (pipelines.isShort(id, version)) {
            return Response.ok(pipelines.get(id, version)).build();
        }
        StreamingOutput body = downloads.list((target, client) -> {
            try (MemoryLease lease = pipelines.reserve(id, version)) {
                writer.writeValue(target, pipelines.get(id, version));
            }
        });
        return Response.ok(body).build();
    }

    @PUT
    @Path("/{id}")
    @Consumes(MediaType.APPLICATION_JSON)
    @Operation(operationId = "updatePipeline", summary = "Save a new version of a pipeline")
    public SavedPipelineResponse update(
            @RestPath UUID id,
            @Parameter(description = "Resolve versions of packages anew, although the packages are the same")
                    @RestQuery
                    @DefaultValue("false")
                    boolean updatePackages,
            PipelineRequest request) {
        Pipeline definition = checked(request);
        return pipelines.update(id, definition, environments.ofNext(id, definition, updatePackages));
    }

    @PATCH
    @Path("/{id}")
    @Consumes(MediaType.APPLICATION_JSON)
    @Operation(
            operationId = "labelPipeline",
            summary = "Change the name, note, tags and star of a pipeline, without a new version")
    @APIResponse(
            responseCode = "200",
            content = @Content(schema = @Schema(implementation = SavedPipelineResponse.class)))
    public Response label(@RestPath UUID id, LabelRequest request) {
        pipelines.label(id, request.checked());
        return get(id, null);
    }

    @DELETE
    @Path("/{id}")
    @ResponseStatus(204)
    @Operation(operationId = "deletePipeline", summary = "Delete a pipeline with all its versions; its runs stay")
    public void delete(@RestPath UUID id) {
        pipelines.delete(id);
    }

    @GET
    @Path("/{id}/versions")
    @Operation(
            operationId = "listPipelineVersions",
            summary = "The versions of a pipeline, newest first, without their scripts")
    public Page<PipelineVersionResponse> versions(
            @RestPath UUID id,
            @RestQuery @DefaultValue("50") @Min(1) @Max(1000) int limit,
            @RestQuery @Nullable Integer cursor) {
        return pipelines.versions(id, cursor, limit);
    }

    private Pipeline checked(PipelineRequest request) {
        Pipeline pipeline = request.toPipeline("");
        if (pipeline.llm() != null) {
            models.resolve(pipeline.llm(), "/llm");
        }
        scripts.check(pipeline, "");
        return pipeline;
    }
}
