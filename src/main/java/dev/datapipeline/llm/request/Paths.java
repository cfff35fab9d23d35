package dev.datapipeline.llm.request;

import java.util.Set;
import java.util.regex.Pattern;

/** Paths below the version that mean something to an OpenAI-compatible server. */
final class Paths {
    static final String MODELS = "models";
    static final String MODEL_METHODS = "GET, HEAD, OPTIONS";
    static final String CALL_METHODS = "POST, OPTIONS";
    static final Pattern QUERY = Pattern.compile("(\\?[A-Za-z0-9._~%=&+-]{0,1000})?");

    /** Endpoints that leave state or costs where the books do not see them, or that are not carried yet. */
    private static final Set<String> NOT_ALLOWED = Set.of(
            "assistants",
            "audio",
            "batches",
            "chat",
            "containers",
            "conversations",
            "evals",
            "files",
            "fine_tuning",
            "images",
            "organization",
            "realtime",
            "responses",
            "threads",
            "uploads",
            "vector_stores",
            "videos");

    private Paths() {}

    static RequestRefusedException unknown(String name) {
        int slash = name.indexOf('/');
        if (NOT_ALLOWED.contains(slash < 0 ? name : name.substring(0, slash))) {
            return new RequestRefusedException(
                    403,
                    "endpoint_not_allowed",
                    "Scripts may call chat/completions, responses, completions, embeddings, moderations and models.");
        }
        return new RequestRefusedException(404, "unknown_url", "There is nothing at this address.");
    }
}
