/**
 * Pages of lists: items with an opaque cursor, or counted rows with an offset.
 */
@NullMarked
package dev.datapipeline.http.paging;

import org.jspecify.annotations.NullMarked;
