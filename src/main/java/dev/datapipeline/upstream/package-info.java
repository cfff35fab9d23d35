/**
 * HTTP to servers that an administrator has named: one request with its answer as it arrives, and the addresses that none may have.
 *
 * <p>Shared by model calls and package indexes. Knows nothing else.
 */
@NullMarked
package dev.datapipeline.upstream;

import org.jspecify.annotations.NullMarked;
