package dev.datapipeline.llm.request;

import dev.datapipeline.llm.call.CallScope.Grant;
import dev.datapipeline.llm.call.Endpoint;
import java.util.Map;
import java.util.Set;

/** Fields at the top of a request that a script may not send. */
final class FieldRules {
    /** They send the call, its key or its bill somewhere else, or let another model answer than the one that was checked. */
    private static final Set<String> REDIRECTING = Set.of(
            "api_base",
            "api_key",
            "api_type",
            "api_version",
            "base_url",
            "custom_llm_provider",
            "extra_body",
            "extra_headers",
            "fallbacks",
            "headers",
            "kv_transfer_params",
            "mock_response",
            "models",
            "num_retries",
            "organization",
            "project",
            "provider",
            "route");

    private static final Set<String> REACHING = Set.of("plugins", "search_parameters", "web_search_options");

    private static final Set<String> KEEPING = Set.of("conversation", "previous_response_id");

    /** Kept state where they are true. */
    private static final Map<String, String> SWITCHES =
            Map.of("store", "answers would be kept by the upstream", "background", "the call would outlive its answer");

    private static final Set<String> CLIENT_TOOLS = Set.of("function", "custom");

    private final Set<Grant> grants;
    private final Endpoint endpoint;

    FieldRules(Set<Grant> grants, Endpoint endpoint) {
        this.grants = grants;
        this.endpoint = endpoint;
    }

    /** @throws RequestRefusedException when no value of the field is allowed, except null */
    void checkField(String name) throws RequestRefusedException {
        String folded = Names.fold(name);
        if (!folded.equals(name) && Names.isRead(folded)) {
            throw RequestRefusedException.invalid("Write the field \"" + folded + "\" in lower case.");
        }
        if (REDIRECTING.contains(folded)) {
            throw notAllowed(name, "where calls go is decided by the settings of the service");
        }
        if (REACHING.contains(folded) && !grants.contains(Grant.SERVER_TOOLS)) {
            throw toolNotAllowed(name);
        }
        boolean keepsState = KEEPING.contains(folded) || folded.equals("prompt") && endpoint != Endpoint.COMPLETIONS;
        if (keepsState && !grants.contains(Grant.STORED_STATE)) {
            throw notAllowed(name, "it stands for text that the upstream keeps");
        }
    }

    boolean isSwitch(String name) {
        return SWITCHES.containsKey(name);
    }

    /** @throws RequestRefusedException when the field may not be true */
    void checkSwitch(String name, boolean isFalse) throws RequestRefusedException {
        if (!isFalse && !grants.contains(Grant.STORED_STATE)) {
            throw notAllowed(name, SWITCHES.getOrDefault(name, "it is not allowed"));
        }
    }

    /** @param type of a tool, empty where it has none */
    void checkTool(String type) throws RequestRefusedException {
        if (!CLIENT_TOOLS.contains(type) && !grants.contains(Grant.SERVER_TOOLS)) {
            throw toolNotAllowed(type.isEmpty() ? "without a type" : type);
        }
    }

    /** Models that search the web by themselves. */
    void checkModel(String model) throws RequestRefusedException {
        boolean searches = model.endsWith(":online")
                || model.contains("-search-preview")
                || model.contains("-search-api")
                || model.contains("-deep-research");
        if (searches && !grants.contains(Grant.SERVER_TOOLS)) {
            throw new RequestRefusedException(
                    403,
                    "model_not_allowed",
                    "The model \"" + model + "\" reaches the network, which scripts may not.");
        }
    }

    /**
     * @param name folded, of the string's own field
     * @param parent folded, of the object that the string stands in
     */
    void checkText(String name, String parent, String text) throws RequestRefusedException {
        boolean isAddress = name.endsWith("_url")
                || name.equals("url") && (parent.endsWith("_url") || parent.equals("source") || parent.equals("file"));
        if (isAddress && !isEmbedded(text) && !grants.contains(Grant.REMOTE_URLS)) {
            throw new RequestRefusedException(
                    403,
                    "url_not_allowed",
                    "The upstream may not fetch addresses for a script. Embed the content as a data: URL.");
        }
    }

    static boolean isEmbedded(String text) {
        return text.regionMatches(true, 0, "data:", 0, "data:".length());
    }

    private static RequestRefusedException toolNotAllowed(String what) {
        return new RequestRefusedException(
                403,
                "tool_not_allowed",
                "Tools that run at the upstream are not allowed (" + what + "), only function and custom ones.");
    }

    private static RequestRefusedException notAllowed(String name, String reason) {
        return new RequestRefusedException(
                403, "field_not_allowed", "The field \"" + name + "\" is not allowed: " + reason + ".");
    }
}
