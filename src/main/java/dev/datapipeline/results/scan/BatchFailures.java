package dev.datapipeline.results.scan;

import com.fasterxml.jackson.databind.ObjectReader;
import dev.datapipeline.result.FailureCauseId;
import dev.datapipeline.result.FailureGrouping;
import dev.datapipeline.result.ResultReader;
import dev.datapipeline.run.BatchStatus;
import dev.datapipeline.run.store.BatchRow;
import dev.datapipeline.run.store.RecordQuery;
import dev.datapipeline.sandbox.engine.ScriptError;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** The failed results of one batch, which it is shown in order and from the first on. Not thread-safe. */
final class BatchFailures {
    private final BatchRow batch;
    private final FailureGrouping causes;
    private final boolean areCausesAsked;
    private @Nullable FailureCauseId current;

    /** @param errors reads {@link ScriptError} */
    BatchFailures(BatchRow batch, ObjectReader errors, boolean areCausesAsked) {
        this.batch = batch;
        this.causes = new FailureGrouping(errors);
        this.areCausesAsked = areCausesAsked;
    }

    /** Goes on to the next failed result; whether it no longer holds, since its batch runs again or has broken since. */
    boolean isVoid(ResultReader result) throws IOException {
        boolean isOver = batch.status() == BatchStatus.SUCCEEDED;
        boolean isAnyVoid = !isOver && batch.retried().areAll();
        current = areCausesAsked || !isOver && !isAnyVoid ? causes.next(result) : null;
        if (isOver || isAnyVoid) {
            return isAnyVoid;
        }
        return current != null && batch.retried().include(causes.id(current));
    }

    /** Whether the query asks for the cause of the last failed result. */
    boolean isMeant(RecordQuery query) {
        return current != null && query.matches(current, causes.id(current));
    }
}
