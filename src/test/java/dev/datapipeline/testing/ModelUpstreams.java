package dev.datapipeline.testing;

import io.quarkus.test.junit.QuarkusTestProfile;
import java.util.Map;

/** Two upstreams for model calls, which nobody answers: "main", the default, and "other", which has one model. */
public final class ModelUpstreams implements QuarkusTestProfile {
    @Override
    public Map<String, String> getConfigOverrides() {
        return Map.of(
                "datapipeline.llm.run-budget", "2.50",
                "datapipeline.llm.upstreams.main.base-url", "http://127.0.0.1:9/v1",
                "datapipeline.llm.upstreams.main.default", "true",
                "datapipeline.llm.upstreams.main.prices.small.input", "0.50",
                "datapipeline.llm.upstreams.main.prices.small.output", "2.00",
                "datapipeline.llm.upstreams.other.base-url", "http://127.0.0.1:9/v1",
                "datapipeline.llm.upstreams.other.free", "true",
                "datapipeline.llm.upstreams.other.models", "small");
    }
}
