package dev.datapipeline.run.api;

import dev.datapipeline.listing.ListOrder;
import dev.datapipeline.listing.ListOrder.Direction;
import dev.datapipeline.run.Run;

/** How lists of runs can be sorted. */
enum RunSort {
    NEWEST,
    OLDEST,
    NAME,
    MOST_RECORDS,
    MOST_FAILED;

    ListOrder<Run> order() {
        return switch (this) {
            case NEWEST -> ListOrder.byTime(name(), "r.createdAt", run -> run.createdAt, Direction.DESCENDING);
            case OLDEST -> ListOrder.byTime(name(), "r.createdAt", run -> run.createdAt, Direction.ASCENDING);
            case NAME -> ListOrder.byText(name(), "r.name", run -> run.name);
            case MOST_RECORDS -> ListOrder.byNumber(name(), "r.records", run -> run.records);
            case MOST_FAILED -> ListOrder.byNumber(name(), "r.failed", run -> run.failed);
        };
    }
}
