package dev.datapipeline.pipeline.saved;

import dev.datapipeline.listing.ListOrder;
import dev.datapipeline.listing.ListOrder.Direction;
import dev.datapipeline.pipeline.saved.PipelineRepository.Listed;

/** How lists of saved pipelines can be sorted. */
enum PipelineSort {
    NEWEST,
    LAST_CHANGED,
    NAME;

    ListOrder<Listed> order() {
        return switch (this) {
            case NEWEST ->
                ListOrder.byTime(name(), "p.createdAt", found -> found.pipeline().createdAt, Direction.DESCENDING);
            case LAST_CHANGED ->
                ListOrder.byTime(name(), "p.updatedAt", found -> found.pipeline().updatedAt, Direction.DESCENDING);
            case NAME -> ListOrder.byText(name(), "p.name", found -> found.pipeline().name);
        };
    }
}
