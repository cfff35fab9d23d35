package dev.datapipeline.dataset;

import dev.datapipeline.listing.ListOrder;
import dev.datapipeline.listing.ListOrder.Direction;

/** How lists of datasets can be sorted. */
enum DatasetSort {
    NEWEST,
    OLDEST,
    NAME,
    MOST_RECORDS,
    LARGEST;

    ListOrder<DatasetSummary> order() {
        return switch (this) {
            case NEWEST -> ListOrder.byTime(name(), "d.createdAt", DatasetSummary::createdAt, Direction.DESCENDING);
            case OLDEST -> ListOrder.byTime(name(), "d.createdAt", DatasetSummary::createdAt, Direction.ASCENDING);
            case NAME -> ListOrder.byText(name(), "d.name", DatasetSummary::name);
            case MOST_RECORDS -> ListOrder.byNumber(name(), "d.records", DatasetSummary::records);
            case LARGEST -> ListOrder.byNumber(name(), "d.bytes", DatasetSummary::bytes);
        };
    }
}
