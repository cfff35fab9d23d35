package dev.datapipeline.environment.api;

import dev.datapipeline.environment.lock.Lock;
import dev.datapipeline.environment.store.Environment;
import dev.datapipeline.environment.store.EnvironmentStatus;
import dev.datapipeline.environment.store.EnvironmentUses;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** An environment as the API shows it. */
@Schema(
        name = "Environment",
        description = "Python packages that scripts declare, locked and built once for all who declare the same")
record EnvironmentResponse(
        @Schema(required = true) UUID id,
        @Schema(required = true) EnvironmentStatus status,
        @Schema(required = true) List<DeclaredResponse> declared,

        @Schema(description = "Versions of Python that scripts require") @Nullable
        String requiresPython,

        @Schema(required = true, description = "Name of the base image in which scripts run")
        String image,

        @Schema(description = "Version of Python of the lock; null until it is resolved") @Nullable
        String python,

        @Nullable String platform,

        @Schema(required = true, description = "Empty until it is resolved")
        List<LockedPackageResponse> packages,

        @Schema(description = "Bytes of its files, unpacked") @Nullable
        Long size,

        @Schema(required = true) List<String> warnings,
        EnvironmentStateResponse.@Nullable ErrorResponse error,

        @Schema(description = "What is in the way of its build, which is tried again by itself")
        EnvironmentStateResponse.@Nullable WaitingFor waitsFor,

        @Nullable String waitsReason,

        @Schema(required = true, description = "Whether its files were there already when it was to be built")
        boolean cached,

        @Nullable Long resolveMillis,
        @Nullable Long buildMillis,
        @Schema(required = true) List<EnvironmentStateResponse.StepResponse> steps,
        @Schema(required = true) UsersResponse usedBy,
        @Schema(required = true) Instant createdAt,
        @Nullable Instant lockedAt,
        @Schema(required = true) Instant lastUsedAt) {

    /** @param pipelines the newest versions that refer to it */
    @Schema(name = "EnvironmentUsers")
    record UsersResponse(
            @Schema(required = true) List<PipelineVersionOfEnvironment> pipelines,
            @Schema(required = true) long runs,
            @Schema(required = true) long openRuns) {
        static UsersResponse of(EnvironmentUses.Users users) {
            return new UsersResponse(
                    users.pipelines().stream()
                            .map(each -> new PipelineVersionOfEnvironment(each.id(), each.name(), each.version()))
                            .toList(),
                    users.runs(),
                    users.openRuns());
        }
    }

    @Schema(name = "PipelineOfEnvironment")
    record PipelineVersionOfEnvironment(
            @Schema(required = true) UUID id,
            @Schema(required = true) String name,
            @Schema(required = true) int version) {}

    static EnvironmentResponse of(Environment environment, EnvironmentUses.Users users) {
        Lock lock = environment.lock();
        Environment.Files files = environment.files();
        Environment.Times times = environment.times();
        return new EnvironmentResponse(
                environment.id(),
                environment.status(),
                DeclaredResponse.of(environment.declaration()),
                environment.declaration().requiresPython(),
                environment.declaration().imageName(),
                lock == null ? null : lock.python(),
                lock == null ? null : lock.platform(),
                LockedPackageResponse.of(lock),
                EnvironmentStateResponse.size(environment),
                environment.progress().warnings(),
                EnvironmentStateResponse.ErrorResponse.of(environment),
                EnvironmentStateResponse.waitsFor(environment),
                EnvironmentStateResponse.waitsReason(environment),
                files != null && files.wasCached(),
                times.resolveMillis(),
                times.buildMillis(),
                EnvironmentStateResponse.StepResponse.of(environment),
                UsersResponse.of(users),
                times.createdAt(),
                times.lockedAt(),
                times.lastUsedAt());
    }
}
