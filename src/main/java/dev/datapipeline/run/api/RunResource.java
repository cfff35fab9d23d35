package dev.datapipeline.run.api;

import dev.datapipeline.http.paging.Cursor;
import dev.datapipeline.http.paging.Page;
import dev.datapipeline.llm.report.RunCosts;
import dev.datapipeline.llm.report.RunModelCalls;
import dev.datapipeline.run.Run;
import dev.datapipeline.run.RunRef;
import dev.datapipeline.run.RunStatus;
import dev.datapipeline.run.service.RunService;
import dev.datapipeline.run.service.VisibleRuns;
import dev.datapipeline.run.store.RunRepository;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.EntityTag;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Request;
import jakarta.ws.rs.core.Response;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestPath;
import org.jboss.resteasy.reactive.RestQuery;
import org.jboss.resteasy.reactive.RestResponse;
import org.jspecify.annotations.Nullable;

/** Runs over HTTP: list, snapshot, cancel, delete. */
@Path("/api/v1/runs")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "runs")
class RunResource {
    static final String JSON = MediaType.APPLICATION_JSON + ";charset=UTF-8";

    private final VisibleRuns visibleRuns;
    private final RunService runs;
    private final RunRepository repository;
    private final RunSnapshotCache snapshots;
    private final RunDetails details;
    private final RunCosts costs;

    RunResource(
            VisibleRuns visibleRuns,
            RunService runs,
            RunRepository repository,
            RunSnapshotCache snapshots,
            RunDetails details,
            RunCosts costs) {
        this.visibleRuns = visibleRuns;
        this.runs = runs;
        this.repository = repository;
        this.snapshots = snapshots;
        this.details = details;
        this.costs = costs;
    }

    @GET
    @Operation(operationId = "listRuns", summary = "Runs, newest first, without their scripts")
    public Page<RunSummary> list(
            @RestQuery @Nullable RunStatus status,
            @Parameter(description = "The id of the dataset of the runs") @RestQuery @Nullable UUID dataset,
            @RestQuery @DefaultValue("50") @Min(1) @Max(1000) int limit,
            @RestQuery @Nullable Cursor cursor) {
        List<Run> found = repository.page(
                status,
                dataset,
                cursor == null ? null : cursor.createdAt(),
                cursor == null ? null : cursor.id(),
                limit + 1);
        Map<UUID, RunModelCalls> calls = costs.of(found);
        return Page.of(found, limit, run -> new Cursor(run.createdAt, run.id))
                .map(run -> RunSummary.of(run, calls.get(run.id)));
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

    @DELETE
    @Path("/{id}")
    @Operation(operationId = "deleteRun", summary = "Delete a finished run with its results")
    @APIResponse(responseCode = "204", content = @Content(schema = @Schema(type = SchemaType.STRING)))
    public void delete(@RestPath UUID id) {
        runs.delete(visibleRuns.ref(id));
    }
}
