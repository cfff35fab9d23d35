package dev.datapipeline.results;

import dev.datapipeline.results.export.ResultSelection;
import dev.datapipeline.run.RecordFilter;
import dev.datapipeline.run.Run;
import dev.datapipeline.run.store.failure.FailureQueries;
import dev.datapipeline.run.store.failure.RecordQuery;
import jakarta.inject.Singleton;
import org.jspecify.annotations.Nullable;

/** How many records of a run match a query, as far as counters tell. */
@Singleton
class RecordTotals {
    private final FailureQueries causes;

    RecordTotals(FailureQueries causes) {
        this.causes = causes;
    }

    /** The number of matching records; null where only reading each of them could tell. */
    @Nullable
    Long of(Run run, RecordQuery query) {
        if (query.text() != null || query.reason() != null) {
            return null;
        }
        if (query.asksForCause()) {
            return query.matches(RecordFilter.FAILED) ? causes.records(run.ref(), query) : 0;
        }
        return of(run, query.filter());
    }

    /** The number of rows of an export; null where only reading each record could tell. */
    @Nullable
    Long of(Run run, ResultSelection selection) {
        RecordQuery query = selection.query();
        return switch (selection.view()) {
            case FINAL ->
                query.asksForCause() || !query.matches(RecordFilter.SUCCEEDED)
                        ? Long.valueOf(0)
                        : query.isSearch() ? null : Long.valueOf(run.succeeded);
            case STATES -> query.filter() == RecordFilter.ALL ? withResult(run, query) : of(run, query);
            case TABLE ->
                query.filter() == RecordFilter.ALL && !query.isSearch()
                        ? Long.valueOf(run.records - run.pending())
                        : of(run, query);
        };
    }

    private @Nullable Long withResult(Run run, RecordQuery query) {
        return query.isSearch() ? of(run, query) : Long.valueOf(run.succeeded + run.failed + run.skipped);
    }

    private static long of(Run run, RecordFilter filter) {
        return switch (filter) {
            case ALL -> run.records;
            case SUCCEEDED -> run.succeeded;
            case FAILED -> run.failed;
            case SKIPPED -> run.skipped;
            case CANCELLED -> run.cancelled;
            case PENDING -> run.pending();
        };
    }
}
