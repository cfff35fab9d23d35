package dev.datapipeline.llm.gateway.attempt;

import dev.datapipeline.llm.gateway.reply.Headers;
import java.util.Locale;
import java.util.Map;

/** @param headers names in lower case */
record AnswerHead(int status, Map<String, String> headers) {
    boolean isSuccess() {
        return status >= 200 && status < 300;
    }

    boolean isStream() {
        return contentType().startsWith("text/event-stream");
    }

    /** Some servers say nothing; what comes is looked at anyway. */
    boolean isJson() {
        return contentType().isEmpty() || contentType().startsWith("application/json");
    }

    boolean isEncoded() {
        return !headers.getOrDefault("content-encoding", "identity").equalsIgnoreCase("identity");
    }

    /** Whether the upstream announces so long an answer; what it does not announce is counted as it comes. */
    boolean saysMoreBytesThan(long limit) {
        try {
            return Long.parseLong(headers.getOrDefault("content-length", "0")) > limit;
        } catch (NumberFormatException unreadable) {
            return false;
        }
    }

    String contentType() {
        return headers.getOrDefault(Headers.CONTENT_TYPE, "").toLowerCase(Locale.ROOT);
    }
}
