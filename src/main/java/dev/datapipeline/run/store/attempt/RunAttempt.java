package dev.datapipeline.run.store.attempt;

import dev.datapipeline.run.RunStatus;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * One attempt at a run.
 *
 * @param number from 1
 * @param cause id of the only cause whose failed records ran again; null for all records that had not succeeded
 * @param submitted when the run was submitted or retried
 * @param pipeline that it ran
 * @param counts of the records of the whole run at its end, or now
 * @param hasOtherScripts than the attempt before
 */
public record RunAttempt(
        int number,
        RunStatus status,
        @Nullable String statusReason,
        @Nullable String cause,
        Instant submitted,
        @Nullable Instant started,
        @Nullable Instant finished,
        @Nullable Double recordsPerSecond,
        Pipeline pipeline,
        Counts counts,
        boolean hasOtherScripts) {

    public record Pipeline(
            String name, @Nullable UUID id, @Nullable Integer version) {}

    public record Counts(long succeeded, long failed, long skipped, long cancelled) {}
}
