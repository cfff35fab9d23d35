package dev.datapipeline.llm.stub;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

/**
 * A request as it reached the upstream.
 *
 * @param connection counted from 1, to see which requests shared one
 * @param headers names in lower case
 */
public record StubRequest(
        int connection, String method, String target, Map<String, List<String>> headers, byte[] body) {
    public String text() {
        return new String(body, StandardCharsets.UTF_8);
    }

    /** @return the only value, or empty */
    public String header(String name) {
        List<String> values = headers.getOrDefault(name, List.of());
        return values.size() == 1 ? values.getFirst() : values.isEmpty() ? "" : values.toString();
    }
}
