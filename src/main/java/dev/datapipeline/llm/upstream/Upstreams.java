package dev.datapipeline.llm.upstream;

import dev.datapipeline.secret.SecretLookup;
import dev.datapipeline.upstream.SharedNetworkConfig;
import io.quarkus.runtime.StartupEvent;
import io.vertx.core.Vertx;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** All upstreams of the settings, by name. */
@Singleton
public final class Upstreams implements AutoCloseable {
    private final Map<String, Upstream> byName = new TreeMap<>();

    /** @throws IllegalArgumentException when a setting is wrong: the service does not start with it */
    public Upstreams(LlmConfig config, SharedNetworkConfig network, SecretLookup secrets, Vertx vertx) {
        config.upstreams()
                .forEach((name, upstream) ->
                        byName.put(name, new Upstream(UpstreamSettings.of(name, upstream, network, secrets), vertx)));
        List<String> defaults = all().stream()
                .filter(upstream -> upstream.config().isDefault())
                .map(Upstream::name)
                .toList();
        if (defaults.size() > 1) {
            throw new IllegalArgumentException("datapipeline.llm.upstreams: " + String.join(" and ", defaults)
                    + " are both the default; keep one");
        }
    }

    /** Checks the settings while the service starts, not at the first call. */
    void start(@Observes StartupEvent event) {}

    public Collection<Upstream> all() {
        return byName.values();
    }

    public Optional<Upstream> find(String name) {
        return Optional.ofNullable(byName.get(name));
    }

    /** The one that runs use which name none. */
    public Optional<Upstream> defaultUpstream() {
        return all().stream().filter(upstream -> upstream.config().isDefault()).findFirst();
    }

    @Override
    @PreDestroy
    public void close() {
        all().forEach(Upstream::close);
    }
}
