package dev.datapipeline.results.scan;

import com.fasterxml.jackson.databind.ObjectReader;
import dev.datapipeline.result.FailureCauseId;
import dev.datapipeline.result.FailureGrouping;
import dev.datapipeline.result.ResultReader;
import dev.datapipeline.run.BatchStatus;
import dev.datapipeline.run.store.batch.BatchRow;
import dev.datapipeline.run.store.failure.RecordQuery;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** The failed results of one batch, read in order from the first. Not thread-safe. */
final class BatchFailures {
    private final BatchRow batch;
    private final FailureGrouping causes;
    private final boolean areCausesAsked;
    private @Nullable FailureCauseId current;

    BatchFailures(BatchRow batch, ObjectReader errors, boolean areCausesAsked) {
        this.batch = batch;
        this.causes = new FailureGrouping(errors);
        this.areCausesAsked = areCausesAsked;
    }

    /** Moves to the next failed result and returns whether it is stale, because its batch runs again or has broken since. */
    boolean isStale(ResultReader result) throws IOException {
        boolean isOver = batch.status() == BatchStatus.SUCCEEDED;
        boolean isAllStale = !isOver && batch.retried().areAll();
        current = areCausesAsked || !isOver && !isAllStale ? causes.next(result) : null;
        if (isOver || isAllStale) {
            return isAllStale;
        }
        return current != null && batch.retried().include(causes.id(current));
    }

    /** Whether the query matches the cause of the last failed result. */
    boolean matches(RecordQuery query) {
        return current != null && query.matches(current, causes.id(current));
    }
}
