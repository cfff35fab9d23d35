package dev.datapipeline.llm.upstream;

import dev.datapipeline.llm.call.CallScope.Grant;
import dev.datapipeline.upstream.NetworkConfig;
import dev.datapipeline.upstream.NetworkSample;
import io.quarkus.runtime.configuration.MemorySize;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.net.URI;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Settings of an upstream for tests. */
public record UpstreamSample(
        URI baseUrl,
        Optional<String> apiKey,
        Optional<Path> apiKeyFile,
        Optional<String> apiKeySecret,
        boolean isDefault,
        int inFlight,
        Optional<Set<String>> models,
        Optional<Set<Grant>> grants,
        NetworkConfig network)
        implements UpstreamConfig {
    public static UpstreamSample at(String baseUrl) {
        return new UpstreamSample(
                URI.create(baseUrl),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                false,
                64,
                Optional.empty(),
                Optional.empty(),
                NetworkSample.direct());
    }

    public UpstreamSample withKey(String key) {
        return new UpstreamSample(
                baseUrl, Optional.of(key), apiKeyFile, apiKeySecret, isDefault, inFlight, models, grants, network);
    }

    UpstreamSample withKeyFile(Path file) {
        return new UpstreamSample(
                baseUrl, apiKey, Optional.of(file), apiKeySecret, isDefault, inFlight, models, grants, network);
    }

    public UpstreamSample withKeySecret(String name) {
        return new UpstreamSample(
                baseUrl, apiKey, apiKeyFile, Optional.of(name), isDefault, inFlight, models, grants, network);
    }

    public UpstreamSample withModels(String... names) {
        return new UpstreamSample(
                baseUrl,
                apiKey,
                apiKeyFile,
                apiKeySecret,
                isDefault,
                inFlight,
                Optional.of(Set.of(names)),
                grants,
                network);
    }

    public UpstreamSample withGrants(Grant... some) {
        return new UpstreamSample(
                baseUrl,
                apiKey,
                apiKeyFile,
                apiKeySecret,
                isDefault,
                inFlight,
                models,
                Optional.of(Set.of(some)),
                network);
    }

    UpstreamSample withNetwork(NetworkConfig own) {
        return new UpstreamSample(baseUrl, apiKey, apiKeyFile, apiKeySecret, isDefault, inFlight, models, grants, own);
    }

    public UpstreamSample asDefault() {
        return new UpstreamSample(baseUrl, apiKey, apiKeyFile, apiKeySecret, true, inFlight, models, grants, network);
    }

    @Override
    public Optional<Integer> requestsPerMinute() {
        return Optional.empty();
    }

    @Override
    public Optional<Integer> tokensPerMinute() {
        return Optional.empty();
    }

    @Override
    public boolean free() {
        return false;
    }

    @Override
    public boolean releaseUncertain() {
        return false;
    }

    @Override
    public Map<String, PriceConfig> prices() {
        return Map.of();
    }

    /** Settings that have this upstream alone. */
    public LlmConfig inSettings(String name) {
        return new Settings(Map.of(name, this));
    }

    /** Settings of several upstreams. */
    public record Settings(Map<String, UpstreamConfig> upstreams) implements LlmConfig {
        @Override
        public BigDecimal runBudget() {
            return BigDecimal.ONE;
        }

        @Override
        public BigDecimal trialBudget() {
            return BigDecimal.ONE;
        }

        @Override
        public BigDecimal trialsPerDayBudget() {
            return BigDecimal.ONE;
        }

        @Override
        public Cache cache() {
            return () -> new MemorySize(BigInteger.TEN);
        }
    }
}
