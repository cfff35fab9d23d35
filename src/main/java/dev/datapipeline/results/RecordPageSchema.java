package dev.datapipeline.results;

import java.util.List;
import java.util.Map;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** The shape of the streamed list of records; for the OpenAPI document only, never built. */
@Schema(name = "RecordPage")
public record RecordPageSchema(
        List<RecordSchema> items,
        long offset,
        int limit,

        @Schema(description = "Records that match, in the whole run; null in a search for a text or a reason") @Nullable
        Long total,

        @Schema(description = "Go on from there for more; null at the end") @Nullable
        Long nextFrom) {

    @Schema(name = "Record")
    public record RecordSchema(
            long index,

            @Schema(enumeration = {"PENDING", "SUCCEEDED", "FAILED", "SKIPPED", "CANCELLED"})
            String status,

            Map<String, Object> raw,
            List<StageValue> stages,
            @Nullable ErrorSchema error,

            @Schema(description = "Why the record was skipped") @Nullable
            String skipped,

            @Schema(
                    description =
                            "Number of the attempt at the run that made the result; only of runs that were retried, and where it is known")
            @Nullable
            Integer attempt,

            @Nullable ModelCallsOfRecord llm) {}

    /** @param cost dollars as decimal text, what is unsettled included */
    @Schema(name = "ModelCallsOfRecord")
    record ModelCallsOfRecord(int calls, String cost) {}

    @Schema(name = "StageValue")
    record StageValue(
            String step,

            @Schema(enumeration = {"pre", "main", "post"}) String stage,

            Map<String, Object> value,
            double ms) {}

    @Schema(name = "RecordError")
    public record ErrorSchema(
            @Nullable String step,
            @Nullable String stage,
            String type,
            String message,
            @Nullable String traceback,
            @Nullable String script,
            @Nullable Integer line) {}
}
