/**
 * The filters that every request passes before a resource sees it, in the order that {@code FilterChain} lists: form of the request, limits,
 * origin, the caller, and the body within the memory budget.
 *
 * <p>A request that is rejected here gets a problem document like any other.
 */
@NullMarked
package dev.datapipeline.http.filter;

import org.jspecify.annotations.NullMarked;
