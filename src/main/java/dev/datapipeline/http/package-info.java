/**
 * What all resources share: mapping of failures to problem documents (RFC 9457), query parameters, and the settings of the HTTP
 * server.
 *
 * <p>The sub-packages hold the filters in front of all resources, strict JSON bodies, paging, downloads and the OpenAPI document. Known to
 * all features, knows none of them.
 */
@NullMarked
package dev.datapipeline.http;

import org.jspecify.annotations.NullMarked;
