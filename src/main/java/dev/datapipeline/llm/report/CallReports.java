package dev.datapipeline.llm.report;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.datapipeline.http.paging.Page;
import dev.datapipeline.llm.budget.usage.UsageKey;
import dev.datapipeline.llm.journal.CallHistory;
import dev.datapipeline.llm.journal.CallHistory.Order;
import dev.datapipeline.llm.journal.CallHistory.PastCall;
import dev.datapipeline.llm.journal.CallHistory.Selection;
import dev.datapipeline.llm.ledger.ModelCalls;
import dev.datapipeline.llm.upstream.Upstream;
import dev.datapipeline.llm.upstream.Upstreams;
import dev.datapipeline.run.RunRef;
import dev.datapipeline.run.service.RunSpecCache;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** Reports on the calls of one run. */
@Singleton
class CallReports {
    private static final int SHOWN = 5;

    private final ModelCalls calls;
    private final CallHistory history;
    private final RunSpecCache specs;
    private final Upstreams upstreams;

    CallReports(ModelCalls calls, RunSpecCache specs, Upstreams upstreams) {
        this.calls = calls;
        this.history = calls.history();
        this.specs = specs;
        this.upstreams = upstreams;
    }

    @Schema(name = "ModelCallReport")
    record CallReport(
            @Schema(required = true) List<StageCalls> stages,
            @Schema(required = true) List<CallResponse> slowest,
            @Schema(required = true) List<CallResponse> dearest,
            @Schema(required = true) List<CallResponse> failed) {}

    /** @param next where the next part begins; null at the end */
    @Schema(name = "ModelCallPage")
    @JsonInclude(JsonInclude.Include.ALWAYS)
    record CallPage(
            @Schema(required = true) List<CallResponse> calls,
            @Nullable String next) {}

    CallReport report(RunRef run) throws IOException {
        StageNames names = new StageNames(specs.outline(run));
        List<StageCalls> stages = calls
                .budget(run.id())
                .map(budget -> budget.sums().entrySet())
                .stream()
                .flatMap(sums -> sums.stream())
                .sorted(Map.Entry.comparingByKey(
                        Comparator.comparingInt(UsageKey::stage).thenComparing(UsageKey::model)))
                .map(sum -> StageCalls.of(sum.getKey(), sum.getValue(), names))
                .toList();
        List<List<PastCall>> lists = history.lists(
                run.id(),
                List.of(
                        new Selection(call -> true, Order.SLOWEST, SHOWN),
                        new Selection(call -> !call.outcome().cost().isZero(), Order.DEAREST, SHOWN),
                        new Selection(call -> stateOf(call) == CallState.FAILED, Order.NEWEST, SHOWN)));
        return new CallReport(
                stages, responses(lists.get(0), names), responses(lists.get(1), names), responses(lists.get(2), names));
    }

    /**
     * The newest calls first.
     *
     * @param record of this record only
     * @param state that ended like this only
     * @param after null for the first part
     */
    CallPage list(RunRef run, @Nullable Long record, @Nullable CallState state, @Nullable CallCursor after, int limit)
            throws IOException {
        StageNames names = new StageNames(specs.outline(run));
        Predicate<PastCall> filter = call -> (record == null || call.origin().record() == record)
                && (state == null || stateOf(call) == state)
                && (after == null || after.isBefore(call));
        List<PastCall> found = history.list(run.id(), filter, Order.NEWEST, limit + 1);
        Page<PastCall> page = Page.of(found, limit, CallCursor::after);
        return new CallPage(responses(page.items(), names), page.nextCursor());
    }

    private static CallState stateOf(PastCall call) {
        return CallState.of(call.outcome().status());
    }

    private List<CallResponse> responses(List<PastCall> calls, StageNames names) {
        return calls.stream()
                .map(call -> CallResponse.of(call, names, this::masked))
                .toList();
    }

    /** An error text of an upstream may quote the key of another one. */
    private String masked(String text) {
        String masked = text;
        for (Upstream upstream : upstreams.all()) {
            masked = upstream.mask(masked);
        }
        return masked;
    }
}
