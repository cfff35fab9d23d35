package dev.datapipeline.llm.call;

/** Endpoints that a script may call. */
public enum Endpoint {
    CHAT_COMPLETIONS("chat/completions"),
    RESPONSES("responses"),
    COMPLETIONS("completions"),
    EMBEDDINGS("embeddings"),
    MODERATIONS("moderations");

    private final String path;

    Endpoint(String path) {
        this.path = path;
    }

    /** Below the base URL of an upstream, without a slash in front. */
    public String path() {
        return path;
    }
}
