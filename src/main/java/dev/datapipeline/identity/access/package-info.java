/**
 * What each caller may do. The file {@code access-matrix.txt} names every operation with the roles that may use it; what is not in it is
 * refused, and the build fails where the API document has an operation that is not in it.
 *
 * <p>{@code AccessGate} decides before the body of a request is read, by method and path. {@code ResourceGuard} checks before each resource method that
 * the decision was made about this very operation, so another spelling of a path or a resource at a new path gets nobody in.
 */
@NullMarked
package dev.datapipeline.identity.access;

import org.jspecify.annotations.NullMarked;
