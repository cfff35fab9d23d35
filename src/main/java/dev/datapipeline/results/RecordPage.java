package dev.datapipeline.results;

import java.util.List;
import java.util.Map;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** The shape of the streamed list of records; describes it, is never built. */
@Schema(name = "RecordPage")
public record RecordPage(
        @Schema(required = true) List<RecordShape> items,
        @Schema(required = true) long offset,
        @Schema(required = true) int limit,

        @Schema(description = "Records that match, in the whole run; null in a search for a text") @Nullable
        Long total,

        @Schema(description = "Go on from there for more; null at the end") @Nullable
        Long nextFrom) {

    @Schema(name = "Record")
    public record RecordShape(
            @Schema(required = true) long index,

            @Schema(
                    required = true,
                    enumeration = {"PENDING", "SUCCEEDED", "FAILED", "SKIPPED", "CANCELLED"})
            String status,

            @Schema(required = true) Map<String, Object> raw,
            @Schema(required = true) List<StageValue> stages,
            @Nullable ErrorShape error,

            @Schema(description = "Why the record was skipped") @Nullable
            String skipped) {}

    @Schema(name = "StageValue")
    record StageValue(
            @Schema(required = true) String step,

            @Schema(
                    required = true,
                    enumeration = {"pre", "main", "post"})
            String stage,

            @Schema(required = true) Map<String, Object> value,
            @Schema(required = true) double ms) {}

    @Schema(name = "RecordError")
    public record ErrorShape(
            @Nullable String step,
            @Nullable String stage,
            @Schema(required = true) String type,
            @Schema(required = true) String message,
            @Nullable String traceback,
            @Nullable String script,
            @Nullable Integer line) {}
}
