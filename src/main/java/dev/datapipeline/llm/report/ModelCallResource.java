package dev.datapipeline.llm.report;

import dev.datapipeline.run.service.VisibleRuns;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.io.IOException;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestPath;
import org.jboss.resteasy.reactive.RestQuery;
import org.jspecify.annotations.Nullable;

/** The model calls of a run over HTTP. Prompts and answers are not shown: they are kept for replay only. */
@Path("/api/v1/runs/{id}/llm")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Model calls")
class ModelCallResource {
    private final VisibleRuns runs;
    private final CallReports reports;
    private final BatchReports batches;

    ModelCallResource(VisibleRuns runs, CallReports reports, BatchReports batches) {
        this.runs = runs;
        this.reports = reports;
        this.batches = batches;
    }

    @GET
    @Operation(
            operationId = "getModelCalls",
            summary = "Sums of the model calls of a run by stage and model, and the slowest, dearest and failed ones")
    public CallReports.CallReport report(@RestPath UUID id) throws IOException {
        return reports.report(runs.find(id).ref());
    }

    @GET
    @Path("/batches")
    @Operation(operationId = "listModelCallsOfBatches", summary = "Sums of the model calls of a run by batch")
    public BatchReports.BatchPage batches(
            @RestPath UUID id,
            @RestQuery @DefaultValue("0") @Min(0) int offset,
            @RestQuery @DefaultValue("100") @Min(1) @Max(1000) int limit)
            throws IOException {
        return batches.list(runs.find(id), offset, limit);
    }

    @GET
    @Path("/calls")
    @Operation(operationId = "listModelCalls", summary = "Model calls of a run that have ended, newest first")
    public CallReports.CallPage calls(
            @RestPath UUID id,
            @RestQuery @Min(0) @Nullable Long record,
            @RestQuery @Nullable CallState status,
            @RestQuery @DefaultValue("50") @Min(1) @Max(1000) int limit,
            @RestQuery @Nullable CallCursor cursor)
            throws IOException {
        return reports.list(runs.find(id).ref(), record, status, cursor, limit);
    }
}
