package dev.datapipeline.llm.gateway;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.datapipeline.llm.call.CallScope;
import dev.datapipeline.llm.request.RequestRefusedException;
import dev.datapipeline.llm.upstream.Upstream;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.TreeSet;

/** The models that a script may call, as an answer, without a call. */
final class ModelLists {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final CallScope scope;
    private final Upstream upstream;

    ModelLists(CallScope scope, Upstream upstream) {
        this.scope = scope;
        this.upstream = upstream;
    }

    /** Empty where all are allowed: only a call could say which there are. */
    byte[] all() {
        ObjectNode list = JSON.createObjectNode().put("object", "list");
        var data = list.putArray("data");
        allowed().forEach(id -> data.add(model(id)));
        return bytes(list);
    }

    byte[] one(String id) throws RequestRefusedException {
        boolean isAllowed = upstream.allows(id)
                && (scope.models().isEmpty() || scope.models().contains(id));
        if (!isAllowed) {
            throw new RequestRefusedException(404, "model_not_found", "There is no such model here.");
        }
        return bytes(model(id));
    }

    static RequestRefusedException notAllowed(String model) {
        return new RequestRefusedException(
                403, "model_not_allowed", "The model \"" + model + "\" is not among those that this run may call.");
    }

    private Collection<String> allowed() {
        if (scope.models().isEmpty()) {
            return upstream.models();
        }
        return new TreeSet<>(scope.models().stream().filter(upstream::allows).toList());
    }

    private ObjectNode model(String id) {
        return JSON.createObjectNode()
                .put("id", id)
                .put("object", "model")
                .put("created", 0)
                .put("owned_by", upstream.name());
    }

    private static byte[] bytes(ObjectNode document) {
        return document.toString().getBytes(StandardCharsets.UTF_8);
    }
}
