package dev.datapipeline.run.store;

import dev.datapipeline.result.ResultLocation;
import dev.datapipeline.result.RetriedCauses;
import dev.datapipeline.run.BatchStatus;
import dev.datapipeline.run.RecordFilter;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A batch as it stands in the table.
 *
 * @param failed while the batch waits for a retry, how many failed before
 * @param retryRecords how many of those run again; without a meaning once it is final
 * @param retried which of them run again, or broke when they last did
 * @param location null unless it has results, which may be those of an attempt before a retry
 * @param error null unless failed
 */
public record BatchRow(
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
        int retryRecords,
        RetriedCauses retried,
        BatchOutcome.@Nullable Broken error,
        @Nullable Instant startedAt,
        @Nullable Instant finishedAt) {
    /** How many of its records have the status, as the record list counts them. */
    public int count(RecordFilter filter) {
        return switch (filter) {
            case ALL -> records;
            case SUCCEEDED -> succeeded;
            case FAILED -> status.isFinal() ? failed : failed - retryRecords;
            case SKIPPED -> skipped;
            case CANCELLED -> cancelled;
            case PENDING -> status.isFinal() ? 0 : records - succeeded - skipped - (failed - retryRecords);
        };
    }

    /** How its records stand that have no result, or none that holds. */
    public RecordFilter standingWithoutResult() {
        return status.isFinal() ? RecordFilter.valueOf(status.name()) : RecordFilter.PENDING;
    }
}
