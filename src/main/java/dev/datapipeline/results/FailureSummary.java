package dev.datapipeline.results;

import dev.datapipeline.result.FailureCauseId;
import dev.datapipeline.run.Run;
import dev.datapipeline.run.store.failure.FailureGroup;
import dev.datapipeline.run.store.failure.FailureQueries;
import jakarta.inject.Singleton;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

@Singleton
class FailureSummary {
    private static final int MOST_PARTS = 60;

    private final FailureQueries failures;

    FailureSummary(FailureQueries failures) {
        this.failures = failures;
    }

    /** Causes, the most frequent first; {@code total} counts all failed records. */
    @Schema(name = "Failures")
    record FailuresResponse(List<FailureResponse> items, long total) {}

    @Schema(name = "Failure")
    record FailureResponse(
            @Schema(description = "Names the cause, for the list of records and for a retry")
            String id,

            @Nullable String step,
            @Nullable String stage,
            String type,
            String message,
            @Nullable String script,
            @Nullable Integer line,
            long count,
            long firstIndex,
            List<Long> examples,

            @Schema(
                    description =
                            "Failed records in each of up to 60 parts of the input, in its order; a part is some whole batches")
            List<Long> spread) {}

    FailuresResponse of(Run run) {
        int parts = Math.min(MOST_PARTS, run.batches);
        List<FailureResponse> items = failures.byCause(run.ref(), run.batches, parts).stream()
                .map(FailureSummary::response)
                .toList();
        return new FailuresResponse(items, run.failed);
    }

    private static FailureResponse response(FailureGroup group) {
        FailureCauseId cause = group.cause();
        return new FailureResponse(
                group.id(),
                cause.step(),
                cause.stage(),
                cause.type(),
                cause.message(),
                cause.script(),
                cause.line(),
                group.records(),
                group.firstRecord(),
                group.examples(),
                group.recordsOfParts());
    }
}
