package dev.datapipeline.run.api;

import dev.datapipeline.http.paging.ListCursor;
import dev.datapipeline.http.paging.Page;
import dev.datapipeline.listing.ListOrder;
import dev.datapipeline.llm.report.RunCosts;
import dev.datapipeline.llm.report.RunModelCalls;
import dev.datapipeline.project.CurrentAccess;
import dev.datapipeline.run.Run;
import dev.datapipeline.run.store.RunRepository;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestQuery;
import org.jspecify.annotations.Nullable;

/** Lists of runs over HTTP. */
@Path("/api/v1/runs")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "runs")
class RunListResource {
    private final RunRepository runs;
    private final RunCosts costs;
    private final CurrentAccess access;

    RunListResource(RunRepository runs, RunCosts costs, CurrentAccess access) {
        this.runs = runs;
        this.costs = costs;
        this.access = access;
    }

    @GET
    @Operation(operationId = "listRuns", summary = "Runs without their scripts, newest first unless told otherwise")
    public Page<RunSummary> list(
            @BeanParam RunListFilter filter,
            @RestQuery @DefaultValue("NEWEST") RunSort sort,
            @RestQuery @DefaultValue("50") @Min(1) @Max(1000) int limit,
            @RestQuery @Nullable ListCursor cursor) {
        ListOrder<Run> order = sort.order();
        List<Run> found = runs.list(filter.conditions(access.get()).after(cursor, order, "r.id"), order, limit + 1);
        Map<UUID, RunModelCalls> calls = costs.of(found);
        return Page.of(found, limit, run -> order.after(run, run.id)).map(run -> RunSummary.of(run, calls.get(run.id)));
    }

    @GET
    @Path("/totals")
    @Operation(operationId = "sumRuns", summary = "How many runs there are, with sums")
    public RunRepository.Totals totals(@BeanParam RunListFilter filter) {
        return runs.totals(filter.conditions(access.get()));
    }
}
