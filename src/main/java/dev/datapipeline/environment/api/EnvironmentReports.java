package dev.datapipeline.environment.api;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Tells about the environments of runs. */
public interface EnvironmentReports {
    /**
     * @param environment of the run, null where it has none
     * @param submitted when the run was submitted
     * @return null where the run has no environment
     */
    @Nullable
    RunEnvironmentResponse of(@Nullable UUID environment, Instant submitted);
}
