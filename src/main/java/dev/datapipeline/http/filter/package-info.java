/**
 * What every request passes before a resource sees it, in the order that {@code RequestOrder} lists: the form of the request, limits,
 * where it comes from, and the body within its memory budget.
 *
 * <p>A request that is refused here gets a problem document like any other.
 */
@NullMarked
package dev.datapipeline.http.filter;

import org.jspecify.annotations.NullMarked;
