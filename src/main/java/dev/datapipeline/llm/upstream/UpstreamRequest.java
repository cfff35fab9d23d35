package dev.datapipeline.llm.upstream;

import io.vertx.core.http.HttpMethod;
import java.util.Map;

/**
 * @param path below the base URL, without a slash in front
 * @param query with its question mark, or empty
 * @param headers without key and framing
 */
public record UpstreamRequest(HttpMethod method, String path, String query, Map<String, String> headers, byte[] body) {}
