package dev.datapipeline.environment.store;

import org.jspecify.annotations.Nullable;

/**
 * A step of a build.
 *
 * @param name such as {@code resolve}
 * @param millis how long it took or has taken so far
 * @param done of {@code total}, in bytes or files; null where nothing is counted
 */
public record StepState(
        String name,
        StepStatus status,
        @Nullable Long millis,
        @Nullable Long done,
        @Nullable Long total) {
    /** How far a step is. */
    public enum StepStatus {
        WAITING,
        RUNNING,
        DONE,
        FAILED
    }
}
