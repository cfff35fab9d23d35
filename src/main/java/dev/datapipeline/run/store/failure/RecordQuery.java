package dev.datapipeline.run.store.failure;

import dev.datapipeline.result.FailureCauseId;
import dev.datapipeline.result.SkipReason;
import dev.datapipeline.run.RecordFilter;
import org.jspecify.annotations.Nullable;

/**
 * @param step name of the step a record failed in
 * @param stage of that step
 * @param error type of the error it failed with
 * @param cause id of the cause it failed for, see {@link FailureCauseId#id()}
 * @param reason id of the reason it was skipped for, see {@link SkipReason#id()}
 * @param text anywhere in the record, in upper or lower case
 */
public record RecordQuery(
        RecordFilter filter,
        @Nullable String step,
        @Nullable String stage,
        @Nullable String error,
        @Nullable String cause,
        @Nullable String reason,
        @Nullable String text) {
    public static RecordQuery of(RecordFilter filter) {
        return new RecordQuery(filter, null, null, null, null, null, null);
    }

    /** Whether records have to be read to count the matching ones. */
    public boolean isSearch() {
        return asksForCause() || reason != null || text != null;
    }

    /** Whether only failed records can match. */
    public boolean asksForCause() {
        return step != null || stage != null || error != null || cause != null;
    }

    public boolean matches(RecordFilter standing) {
        return filter == RecordFilter.ALL || filter == standing;
    }

    /** @param id of the cause */
    public boolean matches(FailureCauseId key, String id) {
        return (step == null || step.equals(key.step()))
                && (stage == null || stage.equals(key.stage()))
                && (error == null || error.equals(key.type()))
                && (cause == null || cause.equals(id));
    }
}
