package dev.datapipeline.environment.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** A part of the list of environments. */
@Schema(name = "EnvironmentPage")
@JsonInclude(JsonInclude.Include.ALWAYS)
record EnvironmentPage(
        @Schema(required = true) List<EnvironmentResponse> items,

        @Schema(description = "Where the next part begins; null at the end") @Nullable
        String nextCursor,

        @Schema(required = true) DiskResponse disk) {
    /** Bytes of the files of all environments. */
    @Schema(name = "EnvironmentDisk")
    record DiskResponse(
            @Schema(required = true) long used,
            @Schema(required = true) long limit) {}
}
