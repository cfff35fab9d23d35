package dev.datapipeline.llm.report;

import dev.datapipeline.llm.budget.usage.UsageSum;
import dev.datapipeline.llm.call.Caller;
import dev.datapipeline.llm.journal.CallHistory;
import dev.datapipeline.llm.ledger.ModelCalls;
import dev.datapipeline.run.Run;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** Sums over the calls of batches, read from the logs of a run. */
@Singleton
class BatchReports {
    private final CallHistory history;

    BatchReports(ModelCalls calls) {
        this.history = calls.history();
    }

    /** @param withoutBatch calls that belong to none, such as those made while scripts were loaded; null where there are none */
    @Schema(name = "ModelCallsOfBatchPage")
    record BatchPage(
            @Schema(required = true, description = "Those that have made calls, in order")
            List<BatchCalls> items,

            @Nullable BatchCalls withoutBatch,

            @Schema(required = true) int offset,
            @Schema(required = true) int limit,
            @Schema(required = true) int total) {}

    /** Of the batches from {@code offset} on, {@code limit} at most. */
    BatchPage list(Run run, int offset, int limit) throws IOException {
        Map<Integer, UsageSum> sums = new TreeMap<>();
        UsageSum[] withoutBatch = {UsageSum.NONE};
        history.visit(run.id, call -> {
            long record = Caller.recordOfBatch(call.origin().record());
            long batch = record / run.batchSize;
            if (record < 0) {
                withoutBatch[0] = withoutBatch[0].plus(BatchCalls.sum(call));
            } else if (batch >= offset && batch - offset < limit) {
                sums.merge((int) batch, BatchCalls.sum(call), UsageSum::plus);
            }
        });
        List<BatchCalls> items = new ArrayList<>();
        sums.forEach((batch, sum) -> items.add(BatchCalls.of(batch, sum)));
        BatchCalls others = withoutBatch[0].calls() == 0 ? null : BatchCalls.of(null, withoutBatch[0]);
        return new BatchPage(items, others, offset, limit, run.batches);
    }
}
