package dev.datapipeline.llm.gateway;

import dev.datapipeline.llm.call.CallScope;
import dev.datapipeline.llm.upstream.Upstream;
import dev.datapipeline.outbound.OutboundAccess;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Variables by which clients in a sandbox find the relay without being told, and ask nobody else. */
final class ScriptEnvironment {
    private static final String BASE_URL = "http://127.0.0.1:" + OutboundAccess.PORT + "/v1";

    /** Clients refuse to start without a key. This one opens nothing: the socket says whose call it is. */
    private static final String KEY = "dpf-sandbox";

    private static final String NO_PROXY = "127.0.0.1,localhost,::1";

    /** Libraries that would look for something in the network when they are imported. */
    private static final Map<String, String> OFFLINE = Map.of(
            "LITELLM_LOCAL_MODEL_COST_MAP", "True",
            "LITELLM_TELEMETRY", "False",
            "HF_HUB_OFFLINE", "1",
            "LANGSMITH_TRACING", "false");

    private ScriptEnvironment() {}

    static Map<String, String> of(CallScope scope, Upstream upstream) {
        Map<String, String> environment = new HashMap<>(OFFLINE);
        environment.put("OPENAI_BASE_URL", BASE_URL);
        environment.put("OPENAI_API_BASE", BASE_URL);
        environment.put("OPENAI_API_KEY", KEY);
        environment.put("NO_PROXY", NO_PROXY);
        environment.put("no_proxy", NO_PROXY);
        defaultModel(scope, upstream).ifPresent(model -> environment.put("DATAPIPELINE_LLM_MODEL", model));
        return environment;
    }

    private static Optional<String> defaultModel(CallScope scope, Upstream upstream) {
        if (!scope.models().isEmpty()) {
            return Optional.of(scope.models().getFirst());
        }
        List<String> models = List.copyOf(upstream.models());
        return models.size() == 1 ? Optional.of(models.getFirst()) : Optional.empty();
    }
}
