package dev.datapipeline.environment.api;

import dev.datapipeline.environment.lock.Lock;
import dev.datapipeline.environment.lock.LockedPackage;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** A package of a lock. */
@Schema(name = "LockedPackage")
record LockedPackageResponse(
        @Schema(required = true) String name,
        @Schema(required = true) String version,

        @Schema(required = true, description = "Bytes of its wheel")
        long size,

        @Schema(
                required = true,
                description = "Packages that require it; none where only the pipeline or a script declares it")
        List<String> requiredBy,

        @Schema(required = true, description = "Name of the index that its wheel came from")
        String index) {
    static List<LockedPackageResponse> of(@Nullable Lock lock) {
        return lock == null
                ? List.of()
                : lock.packages().stream().map(LockedPackageResponse::of).toList();
    }

    private static LockedPackageResponse of(LockedPackage locked) {
        return new LockedPackageResponse(
                locked.name(), locked.version(), locked.size(), locked.requiredBy(), locked.index());
    }
}
