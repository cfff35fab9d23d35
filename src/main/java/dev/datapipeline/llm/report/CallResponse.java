package dev.datapipeline.llm.report;

import dev.datapipeline.llm.call.Usage;
import dev.datapipeline.llm.journal.CallHistory.PastCall;
import dev.datapipeline.llm.journal.LogEntry.CallOrigin;
import dev.datapipeline.llm.journal.LogEntry.CallOutcome;
import java.time.Instant;
import java.util.function.UnaryOperator;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** One model call that has ended. */
@Schema(name = "ModelCall")
record CallResponse(
        @Schema(required = true) String id,

        @Schema(description = "Index of the record; null where nobody knows which one it was for") @Nullable
        Long record,

        @Schema(description = "Ordinal of the stage in the pipeline; null where nobody knows") @Nullable
        Integer stage,

        @Nullable String step,

        @Schema(enumeration = {"pre", "main", "post"}) @Nullable
        String script,

        @Schema(required = true) String endpoint,
        @Schema(required = true) String model,
        @Schema(required = true) CallState status,

        @Schema(description = "Of the last answer of the upstream; null where there was none") @Nullable
        Integer httpStatus,

        @Schema(description = "Why it failed or is unsettled") @Nullable
        String error,

        @Schema(required = true) Instant startedAt,
        @Schema(required = true) int tries,
        @Schema(required = true) long waitingMillis,
        @Schema(required = true) long tookMillis,
        @Schema(required = true) long promptTokens,
        @Schema(required = true) long cachedTokens,
        @Schema(required = true) long completionTokens,
        @Schema(required = true) long reasoningTokens,

        @Schema(
                required = true,
                description = "Dollars as decimal text; of an unsettled call the most that it may have cost")
        String cost,

        @Schema(required = true) long requestBytes,
        @Schema(required = true) long answerBytes) {
    /** @param mask takes secrets out of what an upstream said */
    static CallResponse of(PastCall call, StageNames names, UnaryOperator<String> mask) {
        CallOrigin origin = call.origin();
        CallOutcome outcome = call.outcome();
        Usage usage = outcome.usage();
        StageNames.StageName stage = names.of(origin.stage());
        return new CallResponse(
                call.id(),
                origin.record() < 0 ? null : origin.record(),
                origin.stage() < 0 ? null : origin.stage(),
                stage.step(),
                stage.script(),
                origin.endpoint(),
                origin.model(),
                CallState.of(outcome.status()),
                outcome.httpStatus() == 0 ? null : outcome.httpStatus(),
                error(outcome, mask),
                Instant.ofEpochMilli(origin.startedAt()),
                outcome.tries(),
                outcome.waitedMillis(),
                outcome.tookMillis(),
                usage.prompt(),
                usage.cached(),
                usage.completion(),
                usage.reasoning(),
                outcome.cost().text(),
                origin.bytes(),
                outcome.answerBytes());
    }

    private static @Nullable String error(CallOutcome outcome, UnaryOperator<String> mask) {
        if (!outcome.reason().isEmpty()) {
            return mask.apply(outcome.reason());
        }
        return switch (outcome.status()) {
            case CUT -> "The answer ended early.";
            case WITHDRAWN -> "The script did not wait for the answer.";
            case UNSETTLED -> "The answer does not say how many tokens it took.";
            case INTERRUPTED -> "The service ended during the call.";
            case FAILED -> "It failed.";
            case SUCCEEDED, REPLAYED, CACHED -> null;
        };
    }
}
