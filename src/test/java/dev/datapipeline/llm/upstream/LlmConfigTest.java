package dev.datapipeline.llm.upstream;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.datapipeline.llm.call.CallScope.Grant;
import io.quarkus.runtime.configuration.MemorySize;
import io.quarkus.runtime.configuration.MemorySizeConverter;
import io.smallrye.config.EnvConfigSource;
import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.math.BigDecimal;
import java.net.URI;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** How upstreams are written in properties and in the environment. */
class LlmConfigTest {
    private static final Map<String, String> NONE = Map.of();

    private static LlmConfig config(Map<String, String> properties, Map<String, String> environment) {
        return new SmallRyeConfigBuilder()
                .withConverter(MemorySize.class, 200, new MemorySizeConverter())
                .withSources(new PropertiesConfigSource(properties, "properties", 100))
                .withSources(new EnvConfigSource(environment, 300))
                .withMapping(LlmConfig.class)
                .build()
                .getConfigMapping(LlmConfig.class);
    }

    private static UpstreamConfig upstream(LlmConfig config, String name) {
        return Objects.requireNonNull(config.upstreams().get(name));
    }

    @Test
    void nothingIsConfiguredWhereNothingIsSaid() {
        LlmConfig config = config(NONE, NONE);

        assertTrue(config.upstreams().isEmpty());
        assertEquals(new BigDecimal("1.00"), config.runBudget());
        assertEquals(new BigDecimal("0.10"), config.trialBudget());
        assertEquals(new BigDecimal("1.00"), config.trialsPerDayBudget());
    }

    @Test
    void upstreamIsReadFromProperties() {
        LlmConfig config = config(
                Map.of(
                        "datapipeline.llm.upstreams.my-vllm.base-url", "http://vllm:8000/v1",
                        "datapipeline.llm.upstreams.my-vllm.default", "true",
                        "datapipeline.llm.upstreams.my-vllm.models", "a,b",
                        "datapipeline.llm.upstreams.my-vllm.grants", "remote-urls,server-tools",
                        "datapipeline.llm.upstreams.my-vllm.proxy", "http://proxy:3128",
                        "datapipeline.llm.upstreams.my-vllm.requests-per-minute", "60",
                        "datapipeline.llm.upstreams.my-vllm.prices.\"Org/model-1.5\".input", "0.15",
                        "datapipeline.llm.upstreams.my-vllm.prices.\"Org/model-1.5\".output", "0.60"),
                NONE);

        UpstreamConfig upstream = upstream(config, "my-vllm");
        assertEquals(URI.create("http://vllm:8000/v1"), upstream.baseUrl());
        assertTrue(upstream.isDefault());
        assertFalse(upstream.free());
        assertEquals(Optional.of(Set.of("a", "b")), upstream.models());
        assertEquals(Optional.of(Set.of(Grant.REMOTE_URLS, Grant.SERVER_TOOLS)), upstream.grants());
        assertEquals(Optional.of(60), upstream.requestsPerMinute());
        assertEquals(64, upstream.inFlight());
        assertEquals(
                Optional.of(URI.create("http://proxy:3128")), upstream.network().proxy());
        assertEquals(Set.of("Org/model-1.5"), upstream.prices().keySet());
        upstream.prices().values().forEach(price -> assertEquals(new BigDecimal("0.15"), price.input()));
    }

    @Test
    void upstreamIsReadFromTheEnvironment() {
        LlmConfig config = config(
                NONE,
                Map.of(
                        "DATAPIPELINE_LLM_UPSTREAMS_OPENAI_BASE_URL", "https://api.openai.com/v1",
                        "DATAPIPELINE_LLM_UPSTREAMS_OPENAI_API_KEY", "sk-1",
                        "DATAPIPELINE_LLM_UPSTREAMS_OPENAI_DEFAULT", "true",
                        "DATAPIPELINE_LLM_UPSTREAMS_OPENAI_IN_FLIGHT", "8",
                        "DATAPIPELINE_LLM_RUN_BUDGET", "2.50"));

        UpstreamConfig upstream = upstream(config, "openai");
        assertEquals(URI.create("https://api.openai.com/v1"), upstream.baseUrl());
        assertEquals(Optional.of("sk-1"), upstream.apiKey());
        assertTrue(upstream.isDefault());
        assertEquals(8, upstream.inFlight());
        assertEquals(new BigDecimal("2.50"), config.runBudget());
    }

    @Test
    void environmentCompletesAnUpstreamWhoseNameHasADash() {
        LlmConfig config = config(
                Map.of("datapipeline.llm.upstreams.my-vllm.base-url", "http://vllm:8000/v1"),
                Map.of("DATAPIPELINE_LLM_UPSTREAMS_MY_VLLM_API_KEY_FILE", "/run/secrets/vllm"));

        assertEquals(
                Optional.of(Path.of("/run/secrets/vllm")),
                upstream(config, "my-vllm").apiKeyFile());
        assertEquals(Set.of("my-vllm"), config.upstreams().keySet());
    }

    @Test
    void upstreamsOfSeveralSourcesStandBesideOneAnother() {
        LlmConfig config = config(
                Map.of("datapipeline.llm.upstreams.ollama.base-url", "http://localhost:11434/v1"),
                Map.of("DATAPIPELINE_LLM_UPSTREAMS_OPENAI_BASE_URL", "https://api.openai.com/v1"));

        assertEquals(Set.of("ollama", "openai"), config.upstreams().keySet());
    }
}
