package dev.datapipeline.llm.gateway.reply;

import dev.datapipeline.llm.upstream.Upstream;
import io.netty.handler.codec.http.HttpHeaders;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/** Which headers go up, which come down. What is on no list stays: key, cookies, framing, whatever moves the bill. */
public final class Headers {
    public static final String CONTENT_TYPE = "content-type";
    public static final String REQUEST_ID = "x-request-id";
    public static final String CALL = "x-dpf-call";
    public static final String CACHE = "x-dpf-cache";
    public static final String COST = "x-dpf-cost";
    public static final String SHOULD_RETRY = "x-should-retry";
    public static final String READ_TIMEOUT = "x-stainless-read-timeout";

    private static final List<String> UP = List.of("accept", "openai-beta", "idempotency-key", "user-agent");
    private static final Pattern VALUE = Pattern.compile("[ -~]{1,512}");

    private Headers() {}

    public static Map<String, String> up(HttpHeaders sent) {
        Map<String, String> headers = new LinkedHashMap<>();
        headers.put(CONTENT_TYPE, "application/json");
        for (String name : UP) {
            String value = sent.get(name);
            if (value != null && VALUE.matcher(value).matches()) {
                headers.put(name, value);
            }
        }
        return headers;
    }

    public static Map<String, String> down(Map<String, String> answered, Upstream upstream) {
        Map<String, String> headers = new LinkedHashMap<>();
        answered.forEach((name, value) -> {
            boolean isKept =
                    name.equals(CONTENT_TYPE) || name.equals(REQUEST_ID) || name.startsWith("openai-") || isLimit(name);
            if (isKept && VALUE.matcher(value).matches()) {
                headers.put(name, upstream.mask(value));
            }
        });
        return headers;
    }

    /** What the limiter learns from. */
    public static Map<String, String> limits(Map<String, String> answered) {
        Map<String, String> limits = new LinkedHashMap<>();
        answered.forEach((name, value) -> {
            if (isLimit(name)) {
                limits.put(name, value);
            }
        });
        return limits;
    }

    private static boolean isLimit(String name) {
        return name.startsWith("x-ratelimit-") || name.startsWith("retry-after");
    }
}
