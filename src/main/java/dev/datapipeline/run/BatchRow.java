package dev.datapipeline.run;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A batch as it stands in the table.
 *
 * @param location null unless succeeded
 * @param error null unless failed
 */
record BatchRow(
        int number,
        BatchStatus status,
        int attempt,
        long firstRecord,
        int records,
        int succeeded,
        int failed,
        int skipped,
        int cancelled,
        @Nullable ResultLocation location,
        BatchOutcome.@Nullable Broken error,
        @Nullable Instant startedAt,
        @Nullable Instant finishedAt) {
    /** How many of its records have the status, as the record list counts them. */
    int count(RecordFilter filter) {
        return switch (filter) {
            case ALL -> records;
            case SUCCEEDED -> succeeded;
            case FAILED -> failed;
            case SKIPPED -> skipped;
            case CANCELLED -> cancelled;
            case PENDING -> status.isFinal() ? 0 : records;
        };
    }
}
