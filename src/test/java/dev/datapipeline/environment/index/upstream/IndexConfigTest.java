package dev.datapipeline.environment.index.upstream;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.datapipeline.environment.index.upstream.IndexConfig.SourceConfig;
import io.quarkus.runtime.configuration.DurationConverter;
import io.smallrye.config.EnvConfigSource;
import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** How indexes are written in properties and in the environment. */
class IndexConfigTest {
    private static IndexConfig config(Map<String, String> properties, Map<String, String> environment) {
        return new SmallRyeConfigBuilder()
                .withConverter(Duration.class, 200, new DurationConverter())
                .withSources(new PropertiesConfigSource(properties, "properties", 100))
                .withSources(new EnvConfigSource(environment, 300))
                .withMapping(IndexConfig.class)
                .build()
                .getConfigMapping(IndexConfig.class);
    }

    @Test
    void nothingIsConfiguredWhereNothingIsSaid() {
        IndexConfig config = config(Map.of(), Map.of());

        assertTrue(config.indexes().isEmpty());
        assertTrue(config.defaultIndex());
        assertEquals(Duration.ofDays(7), config.minimumAge());
        assertEquals(Optional.empty(), config.forbidden());
    }

    @Test
    void indexIsReadFromPropertiesAndVariables() {
        IndexConfig config = config(
                Map.of(
                        "datapipeline.environment.indexes.internal.url", "https://packages.example.com/simple/",
                        "datapipeline.environment.indexes.internal.username", "reader",
                        "datapipeline.environment.indexes.internal.password-file", "/etc/index.password",
                        "datapipeline.environment.indexes.internal.packages", "acme-*,tools",
                        "datapipeline.environment.indexes.internal.proxy", "http://proxy:3128",
                        "datapipeline.environment.indexes.internal.ca-file", "/etc/ca.pem",
                        "datapipeline.environment.indexes.internal.minimum-age", "0"),
                Map.of(
                        "DATAPIPELINE_ENVIRONMENT_FORBIDDEN", "evil*",
                        "DATAPIPELINE_ENVIRONMENT_MINIMUM_AGE", "1D",
                        "DATAPIPELINE_ENVIRONMENT_INDEXES_MIRROR_URL", "http://mirror:3141/root/pypi/+simple/"));

        SourceConfig internal = Objects.requireNonNull(config.indexes().get("internal"));
        SourceConfig mirror = Objects.requireNonNull(config.indexes().get("mirror"));

        assertEquals(Optional.of("reader"), internal.username());
        assertEquals(Optional.of(Path.of("/etc/index.password")), internal.passwordFile());
        assertEquals(Optional.of(List.of("acme-*", "tools")), internal.packages());
        assertEquals(Optional.of(Duration.ZERO), internal.minimumAge());
        assertEquals(100, internal.order());
        assertEquals(
                Optional.of(URI.create("http://proxy:3128")), internal.network().proxy());
        assertEquals(Optional.of(Path.of("/etc/ca.pem")), internal.network().caFile());
        assertEquals(Optional.empty(), mirror.network().proxy());
        assertEquals(URI.create("http://mirror:3141/root/pypi/+simple/"), mirror.url());
        assertEquals(Optional.of(List.of("evil*")), config.forbidden());
        assertEquals(Duration.ofDays(1), config.minimumAge());
    }
}
