/**
 * Lists that clients search, filter and sort: runs, datasets and saved pipelines.
 *
 * <p>A repository collects what a client asks for in {@link dev.datapipeline.listing.ListConditions}, which makes the conditions of a query,
 * and names each way to sort as a {@link dev.datapipeline.listing.ListOrder}. Lists continue after an item and not at a number, so
 * that what is added or deleted meanwhile makes no item appear twice or not at all.
 */
@NullMarked
package dev.datapipeline.listing;

import org.jspecify.annotations.NullMarked;
