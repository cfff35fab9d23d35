package dev.datapipeline.environment.api;

import dev.datapipeline.environment.build.BuildStep;
import dev.datapipeline.environment.store.Environment;
import dev.datapipeline.environment.store.EnvironmentStatus;
import dev.datapipeline.environment.store.StepState;
import java.util.Arrays;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** Texts about the state of environments that several answers have. */
final class EnvironmentStateResponse {
    private EnvironmentStateResponse() {}

    /** What is in the way of a build. */
    @Schema(name = "EnvironmentObstacle")
    enum WaitingFor {
        INDEX,
        DOCKER,
        DISK,
        SERVICE,
        /** Other builds go first. */
        BUILDER
    }

    @Schema(name = "EnvironmentError")
    record ErrorResponse(
            @Schema(required = true) String code,
            @Schema(required = true) String message) {
        static @Nullable ErrorResponse of(Environment environment) {
            Environment.Failure failure = environment.failure();
            return failure == null ? null : new ErrorResponse(failure.code(), failure.message());
        }
    }

    @Schema(name = "BuildStep")
    record StepResponse(
            @Schema(
                    required = true,
                    enumeration = {"resolve", "fetch", "install", "compile", "check"})
            String name,

            @Schema(required = true) StepState.StepStatus status,
            @Nullable Long millis,

            @Schema(description = "Of total: bytes of wheels that are fetched, else packages, files or modules")
            @Nullable
            Long done,

            @Nullable Long total) {
        static List<StepResponse> of(Environment environment) {
            List<StepState> steps = environment.progress().steps();
            return steps.isEmpty() ? waiting() : of(steps);
        }

        /** Nobody has begun. */
        private static List<StepResponse> waiting() {
            return Arrays.stream(BuildStep.values())
                    .map(step -> new StepResponse(step.label(), StepState.StepStatus.WAITING, null, null, null))
                    .toList();
        }

        private static List<StepResponse> of(List<StepState> steps) {
            return steps.stream()
                    .map(step -> new StepResponse(step.name(), step.status(), step.millis(), step.done(), step.total()))
                    .toList();
        }
    }

    static @Nullable WaitingFor waitsFor(Environment environment) {
        Environment.Waiting waiting = environment.waiting();
        if (waiting != null) {
            return WaitingFor.valueOf(waiting.obstacle().name());
        }
        return environment.isQueued() ? WaitingFor.BUILDER : null;
    }

    static @Nullable String waitsReason(Environment environment) {
        Environment.Waiting waiting = environment.waiting();
        return waiting == null ? null : waiting.reason();
    }

    static @Nullable Long size(Environment environment) {
        boolean isBuilt =
                environment.status() == EnvironmentStatus.READY || environment.status() == EnvironmentStatus.EVICTED;
        Environment.Files files = environment.files();
        return isBuilt && files != null ? files.size() : null;
    }
}
