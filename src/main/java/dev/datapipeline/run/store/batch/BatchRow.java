package dev.datapipeline.run.store.batch;

import dev.datapipeline.result.ResultLocation;
import dev.datapipeline.result.RetriedCauses;
import dev.datapipeline.run.BatchStatus;
import dev.datapipeline.run.RecordFilter;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A batch as read from its table.
 *
 * @param failed while the batch is queued for a retry, how many failed before
 * @param retryRecords how many of these run again; undefined once the batch is final
 * @param retried which of these run again, or failed as a whole in the last retry
 * @param location null without results; they may be those of an attempt before a retry
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
    /** How many of its records have the status, as lists of records count them. */
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

    /** Status of its records without a result that still holds. */
    public RecordFilter standingWithoutResult() {
        return status.isFinal() ? RecordFilter.valueOf(status.name()) : RecordFilter.PENDING;
    }
}
