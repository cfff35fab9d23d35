package dev.datapipeline.environment.api;

import dev.datapipeline.environment.lock.Lock;
import dev.datapipeline.environment.store.Environment;
import dev.datapipeline.environment.store.EnvironmentStatus;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** The environment of a run. */
@Schema(name = "RunEnvironment", description = "The Python packages of a run, and the image in which it runs")
public record RunEnvironmentResponse(
        @Schema(required = true) UUID id,
        @Schema(required = true) EnvironmentStatus status,

        @Schema(required = true, description = "Name of the base image in which its scripts run")
        String image,

        @Schema(required = true, description = "Whether it was ready before the run was submitted")
        boolean cached,

        @Nullable Long resolveMillis,
        @Nullable Long buildMillis,
        @Schema(required = true) List<PackageOfRun> packages,
        EnvironmentStateResponse.@Nullable ErrorResponse error,

        EnvironmentStateResponse.@Nullable WaitingFor waitsFor,
        @Nullable String waitsReason,
        @Schema(required = true) List<EnvironmentStateResponse.StepResponse> steps) {

    @Schema(name = "PackageOfRun")
    record PackageOfRun(
            @Schema(required = true) String name,
            @Schema(required = true) String version) {}

    static RunEnvironmentResponse of(Environment environment, Instant submitted) {
        Environment.Times times = environment.times();
        Instant endedAt = times.endedAt();
        return new RunEnvironmentResponse(
                environment.id(),
                environment.status(),
                environment.declaration().imageName(),
                environment.status() == EnvironmentStatus.READY && endedAt != null && !endedAt.isAfter(submitted),
                times.resolveMillis(),
                times.buildMillis(),
                packages(environment.lock()),
                EnvironmentStateResponse.ErrorResponse.of(environment),
                EnvironmentStateResponse.waitsFor(environment),
                EnvironmentStateResponse.waitsReason(environment),
                EnvironmentStateResponse.StepResponse.of(environment));
    }

    private static List<PackageOfRun> packages(@Nullable Lock lock) {
        return lock == null
                ? List.of()
                : lock.packages().stream()
                        .map(locked -> new PackageOfRun(locked.name(), locked.version()))
                        .toList();
    }
}
