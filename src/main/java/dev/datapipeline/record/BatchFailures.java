package dev.datapipeline.record;

import com.fasterxml.jackson.databind.ObjectReader;
import dev.datapipeline.engine.ScriptError;
import dev.datapipeline.result.CauseGroups;
import dev.datapipeline.result.CauseKey;
import dev.datapipeline.result.ResultCursor;
import dev.datapipeline.run.BatchRow;
import dev.datapipeline.run.BatchStatus;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** The failed results of one batch, which it is shown in order and from the first on. Not thread-safe. */
final class BatchFailures {
    private final BatchRow batch;
    private final CauseGroups causes;
    private final boolean areCausesAsked;
    private @Nullable CauseKey current;

    /** @param errors reads {@link ScriptError} */
    BatchFailures(BatchRow batch, ObjectReader errors, boolean areCausesAsked) {
        this.batch = batch;
        this.causes = new CauseGroups(errors);
        this.areCausesAsked = areCausesAsked;
    }

    /** Goes on to the next failed result; whether it no longer holds, since its batch runs again or has broken since. */
    boolean isVoid(ResultCursor result) throws IOException {
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
        return current != null && query.means(current, causes.id(current));
    }
}
