package dev.datapipeline.outbound;

import java.util.Map;

/**
 * A whole answer.
 *
 * @param headers without those of framing, which the server sets
 */
public record OutboundAnswer(int status, Map<String, String> headers, byte[] body) {
    public OutboundAnswer {
        headers = Map.copyOf(headers);
    }
}
