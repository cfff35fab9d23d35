package dev.datapipeline.run.api;

import dev.datapipeline.label.LabelRequest;
import dev.datapipeline.run.RunRef;
import dev.datapipeline.run.service.RunLabels;
import dev.datapipeline.run.service.RunService;
import dev.datapipeline.run.service.VisibleRuns;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PATCH;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.EntityTag;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Request;
import jakarta.ws.rs.core.Response;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestPath;
import org.jboss.resteasy.reactive.RestResponse;
import org.jspecify.annotations.Nullable;

/** Single runs over HTTP: snapshot, cancel, label, delete. */
@Path("/api/v1/runs")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "runs")
class RunResource {
    static final String JSON = MediaType.APPLICATION_JSON + ";charset=UTF-8";

    private final VisibleRuns visibleRuns;
    private final RunService runs;
    private final RunLabels labels;
    private final RunSnapshotCache snapshots;
    private final RunDetails details;

    RunResource(
            VisibleRuns visibleRuns,
            RunService runs,
            RunLabels labels,
            RunSnapshotCache snapshots,
            RunDetails details) {
        this.visibleRuns = visibleRuns;
        this.runs = runs;
        this.labels = labels;
        this.snapshots = snapshots;
        this.details = details;
    }

    @GET
    @Path("/{id}")
    @Operation(
            operationId = "getRun",
            summary = "A run with its progress; answers 304 to If-None-Match when nothing changed")
    @APIResponse(responseCode = "200", content = @Content(schema = @Schema(implementation = RunResponse.class)))
    @APIResponse(responseCode = "304", description = "Nothing changed")
    public RestResponse<Object> get(@RestPath UUID id, @Context Request request) {
        RunRef run = visibleRuns.ref(id);
        RunSnapshotCache.Snapshot snapshot = snapshots.get(run);
        EntityTag tag = new EntityTag(snapshot.tag());
        Response.@Nullable ResponseBuilder unchanged = request.evaluatePreconditions(tag);
        if (unchanged != null) {
            return RestResponse.ResponseBuilder.create(unchanged.build().getStatus())
                    .tag(tag)
                    .build();
        }
        return RestResponse.ResponseBuilder.<Object>ok(
                        snapshot.json() == null ? details.of(run) : snapshot.json(), JSON)
                .tag(tag)
                .build();
    }

    @POST
    @Path("/{id}/cancel")
    @Operation(operationId = "cancelRun", summary = "Cancel an open run; finished results are kept")
    @APIResponse(responseCode = "200", content = @Content(schema = @Schema(implementation = RunResponse.class)))
    public RestResponse<Object> cancel(@RestPath UUID id) {
        RunRef run = visibleRuns.ref(id);
        runs.cancel(run);
        return RestResponse.ResponseBuilder.<Object>ok(details.of(run), JSON).build();
    }

    @PATCH
    @Path("/{id}")
    @Consumes(MediaType.APPLICATION_JSON)
    @Operation(operationId = "labelRun", summary = "Change the name, note, tags and star of a run")
    @APIResponse(responseCode = "200", content = @Content(schema = @Schema(implementation = RunResponse.class)))
    public RestResponse<Object> label(@RestPath UUID id, LabelRequest request) {
        RunRef run = visibleRuns.ref(id);
        labels.change(run, request.checked());
        return RestResponse.ResponseBuilder.<Object>ok(details.of(run), JSON).build();
    }

    @DELETE
    @Path("/{id}")
    @Operation(operationId = "deleteRun", summary = "Delete a finished run with its results")
    @APIResponse(responseCode = "204", content = @Content(schema = @Schema(type = SchemaType.STRING)))
    public void delete(@RestPath UUID id) {
        runs.delete(visibleRuns.ref(id));
    }
}
