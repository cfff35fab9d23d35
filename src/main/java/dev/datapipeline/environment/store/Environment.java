package dev.datapipeline.environment.store;

import dev.datapipeline.environment.lock.Lock;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * An environment as its row has it.
 *
 * @param lock null until it is resolved
 * @param files null until it is built
 * @param failure null where it has not failed
 * @param waiting null where nothing is in the way
 * @param isQueued whether it is to be built and nobody has begun
 */
public record Environment(
        UUID id,
        EnvironmentStatus status,
        Declaration declaration,
        @Nullable Lock lock,
        @Nullable Files files,
        @Nullable Failure failure,
        @Nullable Waiting waiting,
        boolean isQueued,
        Progress progress,
        Times times) {

    /**
     * Its files.
     *
     * @param folder its name below the folder of all environments
     * @param size in bytes
     * @param wasCached whether the files were there already
     */
    public record Files(String folder, long size, boolean wasCached) {}

    /**
     * Why it cannot be built.
     *
     * @param code name of a problem
     */
    public record Failure(String code, String message) {
        @Override
        public String toString() {
            return code + ": " + message;
        }
    }

    /** What is in the way of a build that is tried again. */
    public record Waiting(Obstacle obstacle, String reason) {}

    /** What the build has said so far, without its log. */
    public record Progress(List<StepState> steps, List<String> warnings) {
        public static final Progress NONE = new Progress(List.of(), List.of());

        public Progress {
            steps = List.copyOf(steps);
            warnings = List.copyOf(warnings);
        }
    }

    /**
     * When it was made and used, and how long the work took.
     *
     * @param endedAt when it became READY or FAILED
     */
    public record Times(
            Instant createdAt,
            @Nullable Instant lockedAt,
            @Nullable Instant endedAt,
            Instant lastUsedAt,
            @Nullable Long resolveMillis,
            @Nullable Long buildMillis) {}
}
