package dev.datapipeline.llm.upstream;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.datapipeline.upstream.UpstreamExchange;
import dev.datapipeline.upstream.UpstreamFailure;
import dev.datapipeline.upstream.UpstreamListener;
import io.vertx.core.http.HttpMethod;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Asks an upstream for its models, which costs nothing, to see whether it is there and accepts the key. */
public final class UpstreamCheck implements UpstreamListener {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int MAX_BYTES = 4 * 1024 * 1024;
    private static final int MOST_MODELS = 1000;
    private static final int LONGEST_SECONDS = 15;
    private static final byte[] NOTHING = {};

    private final Upstream upstream;
    private final CompletableFuture<Result> result = new CompletableFuture<>();
    private final ByteArrayOutputStream body = new ByteArrayOutputStream();
    private int status;

    private UpstreamCheck(Upstream upstream) {
        this.upstream = upstream;
    }

    /**
     * @param status of the answer; 0 where there was none
     * @param problem what is wrong and what to do; null where nothing is
     * @param models that the upstream has, at most a thousand; empty where it does not say
     */
    public record Result(int status, @Nullable String problem, List<String> models) {}

    /** Completes always, at the latest after a quarter of a minute. */
    public static CompletableFuture<Result> of(Upstream upstream) {
        UpstreamCheck check = new UpstreamCheck(upstream);
        UpstreamRequest request =
                new UpstreamRequest(HttpMethod.GET, "models", "", Map.of("accept", "application/json"), NOTHING);
        UpstreamExchange exchange = upstream.send(request, upstream.otherLoop(), check);
        return check.result
                .completeOnTimeout(
                        new Result(0, "It does not answer within " + LONGEST_SECONDS + " seconds.", List.of()),
                        LONGEST_SECONDS,
                        TimeUnit.SECONDS)
                .whenComplete((done, failure) -> exchange.abort());
    }

    @Override
    public void head(int answered, Map<String, String> headers) {
        status = answered;
    }

    @Override
    public void bytes(byte[] piece) {
        body.writeBytes(piece);
        if (body.size() > MAX_BYTES) {
            result.complete(new Result(status, "Its list of models is larger than 4 MB.", List.of()));
        }
    }

    @Override
    public void end() {
        result.complete(new Result(status, problem(), status == 200 ? models() : List.of()));
    }

    @Override
    public void failed(UpstreamFailure failure, String reason) {
        String said = upstream.mask(reason);
        result.complete(new Result(
                status,
                failure == UpstreamFailure.NOT_CONNECTED
                        ? "There is no connection to it: " + said
                        : "It broke the connection off: " + said,
                List.of()));
    }

    private @Nullable String problem() {
        return switch (status) {
            case 200 -> models().isEmpty() ? "It has no list of models; look at the base URL." : null;
            case 401, 403 -> "It does not accept the key; look at api-key or api-key-file.";
            case 404, 405 -> "It has no list of models at its base URL; many servers want /v1 at the end.";
            default ->
                status >= 300 && status < 400
                        ? "It sends to another address, which is not followed; name that one as the base URL."
                        : "It answers with status " + status + ".";
        };
    }

    private List<String> models() {
        TreeSet<String> ids = new TreeSet<>();
        try {
            for (JsonNode model : JSON.readTree(body.toByteArray()).path("data")) {
                if (model.path("id").isTextual() && ids.size() < MOST_MODELS) {
                    ids.add(upstream.mask(model.path("id").asText()));
                }
            }
        } catch (IOException notJson) {
            return List.of();
        }
        return List.copyOf(ids);
    }
}
