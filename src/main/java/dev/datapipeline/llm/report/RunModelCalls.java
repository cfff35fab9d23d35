package dev.datapipeline.llm.report;

import dev.datapipeline.llm.call.CallScope.Cache;
import dev.datapipeline.run.PauseReason;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** Model calls of a run: what its scripts may do and what they have done. Money is dollars as decimal text. */
@Schema(name = "RunModelCalls", description = "Model calls of a run; money is dollars as decimal text")
public record RunModelCalls(
        @Schema(required = true) String upstream,

        @Schema(required = true, description = "Models that may be called; empty for all that the upstream allows")
        List<String> models,

        @Schema(description = "Null sets no limit") @Nullable
        String budget,

        @Schema(required = true) long maxOutputTokens,

        @Schema(
                required = true,
                enumeration = {"off", "exact"})
        Cache cache,

        @Schema(required = true, description = "Cost of calls whose usage is known")
        String spent,

        @Schema(required = true, description = "The most that calls may have cost whose outcome or usage nobody knows")
        String unsettled,

        @Schema(required = true, description = "The most that the calls under way can cost")
        String reserved,

        @Schema(required = true) long calls,
        @Schema(required = true) long failed,
        @Schema(required = true) long promptTokens,
        @Schema(required = true) long completionTokens,
        @Schema(required = true) long cachedTokens,

        @Schema(required = true, description = "Answers that other runs had paid for")
        long cacheHits,

        @Schema(required = true, description = "Answers that this run had paid for before an attempt was repeated")
        long replays,

        @Schema(required = true, description = "Time of all calls in our queue and between tries")
        long waitingMillis,

        @Schema(
                description =
                        "What the whole run is likely to cost, from the records that are done: mean minus two standard errors, at least what is spent. Null while too little is known, and in lists")
        @Nullable
        String projectedLow,

        @Schema(description = "The same: mean plus two standard errors") @Nullable
        String projectedHigh,

        @Nullable PauseReason pauseReason,

        @Schema(description = "The most that the next call can cost, for which the budget of a paused run is too small")
        @Nullable
        String needed) {}
