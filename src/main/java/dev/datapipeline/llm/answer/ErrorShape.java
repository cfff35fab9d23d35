package dev.datapipeline.llm.answer;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * An error as clients of OpenAI know it.
 *
 * @param param that is wrong; null where none is
 */
public record ErrorShape(
        String message, String type, @Nullable String param, String code) {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int LONGEST_MESSAGE = 2000;

    public ErrorShape(String message, String type, String code) {
        this(message, type, null, code);
    }

    /**
     * The error of an upstream, whatever shape it has: OpenAI's, the older one of vLLM (without {@code error}), FastAPI's {@code detail}, a
     * text, a page of HTML, nothing.
     *
     * @param mask takes secrets out of a text
     */
    public static ErrorShape ofUpstream(int status, byte[] body, UnaryOperator<String> mask) {
        JsonNode root = parse(body);
        JsonNode error = root.path("error").isObject() ? root.path("error") : root;
        String message =
                firstText(error.path("message"), root.path("error"), root.path("detail"), root.path("message"));
        String said = message.isEmpty()
                ? "The upstream answered with status " + status + " and no message that can be read."
                : mask.apply(message);
        String type = mask.apply(firstText(error.path("type")));
        String param = firstText(error.path("param"));
        String code = mask.apply(firstText(error.path("code")));
        return new ErrorShape(
                said.substring(0, Math.min(said.length(), LONGEST_MESSAGE)),
                type.isEmpty() ? "upstream_error" : type,
                param.isEmpty() ? null : mask.apply(param),
                code.isEmpty() ? "upstream_error" : code);
    }

    /** Whether a client can read the error as it came: all parts are texts. */
    public static boolean isShaped(byte[] body) {
        JsonNode error = parse(body).path("error");
        return isText(error.path("message")) && isText(error.path("type")) && isText(error.path("code"));
    }

    private static boolean isText(JsonNode node) {
        return node.isTextual() && !firstText(node).isEmpty();
    }

    public byte[] toBytes() {
        return toJson().toString().getBytes(StandardCharsets.UTF_8);
    }

    /** As the last event of a stream that broke; {@code type} is there for clients of the responses endpoint. */
    public byte[] toEvent() {
        ObjectNode event = toJson();
        event.put("type", "error").put("code", code).put("message", message).putNull("param");
        return ("event: error\ndata: " + event + "\n\n").getBytes(StandardCharsets.UTF_8);
    }

    private ObjectNode toJson() {
        ObjectNode root = JSON.createObjectNode();
        root.putObject("error")
                .put("message", message)
                .put("type", type)
                .put("param", param)
                .put("code", code);
        return root;
    }

    private static JsonNode parse(byte[] body) {
        try {
            JsonNode root = JSON.readTree(body);
            return root == null ? JSON.missingNode() : root;
        } catch (IOException notJson) {
            return JSON.missingNode();
        }
    }

    /** @return the first that says something; empty where none does */
    private static String firstText(JsonNode... nodes) {
        for (JsonNode node : nodes) {
            String text = node.isValueNode() && !node.isNull() ? node.asText() : node.isArray() ? node.toString() : "";
            if (!text.isBlank() && !text.equals("None") && !text.equals("null")) {
                return text;
            }
        }
        return "";
    }
}
