package dev.datapipeline.pipeline.saved;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectWriter;
import dev.datapipeline.http.download.DownloadLimiter;
import dev.datapipeline.http.paging.ListCursor;
import dev.datapipeline.http.paging.Page;
import dev.datapipeline.label.LabelRequest;
import dev.datapipeline.listing.ListOrder;
import dev.datapipeline.memory.MemoryLease;
import dev.datapipeline.pipeline.PipelineRequest;
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
    private final VisiblePipelines visible;
    private final PipelineSaver saver;
    private final DownloadLimiter downloads;
    private final ObjectWriter writer;

    PipelineResource(
            PipelineService pipelines,
            VisiblePipelines visible,
            PipelineSaver saver,
            DownloadLimiter downloads,
            ObjectMapper mapper) {
        this.pipelines = pipelines;
        this.visible = visible;
        this.saver = saver;
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
        return pipelines.list(filter.conditions(visible.access()).after(cursor, order, "p.id"), order, limit);
    }

    @GET
    @Path("/totals")
    @Operation(operationId = "countPipelines", summary = "How many saved pipelines there are")
    public PipelineTotals totals(@BeanParam PipelineFilter filter) {
        return pipelines.totals(filter.conditions(visible.access()));
    }

    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    @Operation(operationId = "createPipeline", summary = "Save a pipeline")
    @APIResponseSchema(value = SavedPipelineResponse.class, responseCode = "201")
    public RestResponse<SavedPipelineResponse> create(PipelineRequest request) {
        SavedPipelineResponse saved = saver.create(request);
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
        return get(visible.ref(id), version);
    }

    private Response get(PipelineRef pipeline, @Nullable Integer version) {
        if (pipelines.isShort(pipeline, version)) {
            return Response.ok(pipelines.get(pipeline, version)).build();
        }
        StreamingOutput body = downloads.list((target, client) -> {
            try (MemoryLease lease = pipelines.reserve(pipeline, version)) {
                writer.writeValue(target, pipelines.get(pipeline, version));
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
        return saver.update(visible.ref(id), request, updatePackages);
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
        PipelineRef pipeline = visible.ref(id);
        pipelines.label(pipeline, request.checked());
        return get(pipeline, null);
    }

    @DELETE
    @Path("/{id}")
    @ResponseStatus(204)
    @Operation(operationId = "deletePipeline", summary = "Delete a pipeline with all its versions; its runs stay")
    public void delete(@RestPath UUID id) {
        pipelines.delete(visible.ref(id));
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
        return pipelines.versions(visible.ref(id), cursor, limit);
    }
}
