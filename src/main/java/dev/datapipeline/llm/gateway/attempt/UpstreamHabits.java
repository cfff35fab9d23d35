package dev.datapipeline.llm.gateway.attempt;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.datapipeline.llm.call.Endpoint;
import dev.datapipeline.llm.request.ModelRequest;
import dev.datapipeline.llm.upstream.Upstream;

/** What upstreams do not take, learnt from their refusals, by upstream and model. Thread-safe. */
public final class UpstreamHabits {
    private static final int MOST_MODELS = 1000;
    private static final String OLDER_BOUND = "max_tokens";
    private static final String NEWER_BOUND = "max_completion_tokens";

    private record Model(String upstream, String name) {}

    private final Cache<Model, Boolean> withoutStreamOptions =
            Caffeine.newBuilder().maximumSize(MOST_MODELS).build();
    private final Cache<Model, String> bounds =
            Caffeine.newBuilder().maximumSize(MOST_MODELS).build();

    boolean takesStreamOptions(Upstream upstream, ModelRequest request) {
        return withoutStreamOptions.getIfPresent(model(upstream, request)) == null;
    }

    void rejectsStreamOptions(Upstream upstream, ModelRequest request) {
        withoutStreamOptions.put(model(upstream, request), true);
    }

    /** The field that bounds the output, for requests that have none. */
    String boundField(Upstream upstream, Endpoint endpoint, ModelRequest request) {
        if (!request.outputField().isEmpty()) {
            return request.outputField();
        }
        return switch (endpoint) {
            case RESPONSES -> "max_output_tokens";
            case CHAT_COMPLETIONS -> {
                String learnt = bounds.getIfPresent(model(upstream, request));
                yield learnt != null ? learnt : upstream.isOpenAi() ? NEWER_BOUND : OLDER_BOUND;
            }
            default -> OLDER_BOUND;
        };
    }

    void rejectsBound(Upstream upstream, ModelRequest request, String field) {
        bounds.put(model(upstream, request), field.equals(NEWER_BOUND) ? OLDER_BOUND : NEWER_BOUND);
    }

    private static Model model(Upstream upstream, ModelRequest request) {
        return new Model(upstream.name(), request.model());
    }
}
