package dev.datapipeline.llm.report;

import dev.datapipeline.llm.budget.usage.UsageKey;
import dev.datapipeline.llm.budget.usage.UsageSum;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** Sums over the calls of one stage to one model. */
@Schema(name = "ModelCallsOfStage")
record StageCalls(
        @Schema(description = "Ordinal of the stage in the pipeline; null for calls of which nobody knows it") @Nullable
        Integer stage,

        @Nullable String step,

        @Schema(enumeration = {"pre", "main", "post"}) @Nullable
        String script,

        @Schema(required = true) String model,
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
        @Schema(required = true) String spent,
        @Schema(required = true) String unsettled) {
    static StageCalls of(UsageKey key, UsageSum sum, StageNames names) {
        StageNames.StageName stage = names.of(key.stage());
        return new StageCalls(
                key.stage() < 0 ? null : key.stage(),
                stage.step(),
                stage.script(),
                key.model(),
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
                sum.spent().text(),
                sum.unsettled().text());
    }
}
