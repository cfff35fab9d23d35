package dev.datapipeline.llm.gateway.reply;

import dev.datapipeline.outbound.OutboundAnswer;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;

/** Answers that the gateway makes itself. */
public final class Answers {
    private static final String JSON = "application/json";

    private Answers() {}

    public static OutboundAnswer json(int status, byte[] body) {
        return new OutboundAnswer(
                status,
                Map.of(
                        Headers.CONTENT_TYPE,
                        JSON,
                        Headers.REQUEST_ID,
                        UUID.randomUUID().toString()),
                body);
    }

    public static OutboundAnswer error(GatewayError error) {
        return error(error, error.shape().toBytes(), Map.of());
    }

    /**
     * @param body in OpenAI's shape
     * @param more headers
     */
    public static OutboundAnswer error(GatewayError error, byte[] body, Map<String, String> more) {
        Map<String, String> headers = new LinkedHashMap<>();
        headers.put(Headers.REQUEST_ID, UUID.randomUUID().toString());
        headers.putAll(more);
        headers.put(Headers.CONTENT_TYPE, JSON);
        headers.put(Headers.SHOULD_RETRY, "false");
        if (!error.retryAfter().isZero()) {
            // Clients do not believe in more than two minutes.
            Duration wait = error.retryAfter().compareTo(Duration.ofMinutes(2)) > 0
                    ? Duration.ofMinutes(2)
                    : error.retryAfter();
            headers.put("retry-after-ms", Long.toString(wait.toMillis()));
            headers.put(
                    "retry-after",
                    Long.toString(Math.max(1, wait.plusMillis(999).toSeconds())));
        }
        return new OutboundAnswer(error.status(), headers, body);
    }
}
