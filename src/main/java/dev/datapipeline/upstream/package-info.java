/**
 * HTTP to servers that an administrator has named: one request with its answer as it arrives, the addresses that none may have, and the
 * way there: through a proxy or not, and who may sign certificates.
 *
 * <p>Shared by model calls and package indexes. Knows nothing else.
 */
@NullMarked
package dev.datapipeline.upstream;

import org.jspecify.annotations.NullMarked;
