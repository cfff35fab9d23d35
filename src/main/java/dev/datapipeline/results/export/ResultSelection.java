package dev.datapipeline.results.export;

import dev.datapipeline.results.export.columns.TableColumns;
import dev.datapipeline.run.RecordFilter;
import dev.datapipeline.run.store.failure.RecordQuery;

/**
 * What of a run is exported.
 *
 * @param query the records
 * @param columns of the view {@code TABLE}; the others have their own
 */
public record ResultSelection(ResultView view, RecordQuery query, TableColumns columns) {
    public static ResultSelection all(ResultView view) {
        return of(view, RecordQuery.of(RecordFilter.ALL));
    }

    public static ResultSelection of(ResultView view, RecordQuery query) {
        return new ResultSelection(view, query, TableColumns.NONE);
    }
}
