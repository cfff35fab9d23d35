package dev.datapipeline.outbound;

import io.netty.handler.codec.http.HttpHeaders;

/**
 * A whole request.
 *
 * @param target path and query as they were sent
 * @param body decoded from chunks; not to be changed
 */
public record OutboundRequest(Origin origin, String method, String target, HttpHeaders headers, byte[] body) {}
