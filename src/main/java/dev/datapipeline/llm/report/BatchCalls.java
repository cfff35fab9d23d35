package dev.datapipeline.llm.report;

import dev.datapipeline.llm.budget.usage.UsageSum;
import dev.datapipeline.llm.journal.CallHistory.PastCall;
import dev.datapipeline.llm.money.Bill;
import dev.datapipeline.llm.money.Picodollars;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** Sums over the calls of one batch that have ended, over all attempts at it. */
@Schema(name = "ModelCallsOfBatch")
record BatchCalls(
        @Schema(description = "Number of the batch; null for calls of which nobody knows it") @Nullable
        Integer batch,

        @Schema(required = true) long calls,
        @Schema(required = true) long failed,
        @Schema(required = true) long tries,
        @Schema(required = true) long replays,
        @Schema(required = true) long cacheHits,
        @Schema(required = true) long promptTokens,
        @Schema(required = true) long cachedTokens,
        @Schema(required = true) long completionTokens,
        @Schema(required = true) long reasoningTokens,
        @Schema(required = true) long waitingMillis,
        @Schema(required = true) long tookMillis,

        @Schema(
                required = true,
                description = "Dollars as decimal text; of unsettled calls the most that they may have cost")
        String cost) {
    static BatchCalls of(@Nullable Integer batch, UsageSum sum) {
        return new BatchCalls(
                batch,
                sum.calls(),
                sum.failed(),
                sum.tries(),
                sum.replays(),
                sum.cacheHits(),
                sum.promptTokens(),
                sum.cachedTokens(),
                sum.completionTokens(),
                sum.reasoningTokens(),
                sum.waitingMillis(),
                sum.tookMillis(),
                sum.spent().text());
    }

    /** The sum over one call; its whole cost counts as spent. */
    static UsageSum sum(PastCall call) {
        Bill cost = new Bill(call.outcome().cost(), Picodollars.ZERO);
        return UsageSum.of(call.outcome()).plus(UsageSum.of(cost));
    }
}
