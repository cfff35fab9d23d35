package dev.datapipeline.environment.index.upstream;

import dev.datapipeline.upstream.NetworkConfig;
import dev.datapipeline.upstream.NetworkSample;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Settings of indexes for tests. */
public record IndexSample(
        Map<String, SourceConfig> indexes, boolean defaultIndex, Duration minimumAge, Optional<List<String>> forbidden)
        implements IndexConfig {
    public static IndexSample none() {
        return new IndexSample(Map.of(), true, Duration.ofDays(7), Optional.empty());
    }

    public IndexSample with(String name, Source source) {
        Map<String, SourceConfig> more = new LinkedHashMap<>(indexes);
        more.put(name, source);
        return new IndexSample(more, defaultIndex, minimumAge, forbidden);
    }

    public IndexSample withoutDefault() {
        return new IndexSample(indexes, false, minimumAge, forbidden);
    }

    public IndexSample forbidding(String... names) {
        return new IndexSample(indexes, defaultIndex, minimumAge, Optional.of(List.of(names)));
    }

    /** One index. */
    public record Source(
            URI url,
            Optional<String> username,
            Optional<String> password,
            Optional<Path> passwordFile,
            Optional<String> passwordSecret,
            Optional<List<String>> packages,
            Optional<Duration> minimumAge,
            boolean requireSha256,
            int order,
            NetworkConfig network)
            implements SourceConfig {
        public static Source at(String url) {
            return new Source(
                    URI.create(url),
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty(),
                    false,
                    100,
                    NetworkSample.direct());
        }

        public Source withPassword(String user, String text) {
            return new Source(
                    url,
                    Optional.of(user),
                    Optional.of(text),
                    passwordFile,
                    passwordSecret,
                    packages,
                    minimumAge,
                    requireSha256,
                    order,
                    network);
        }

        public Source withPasswordFile(Path file) {
            return new Source(
                    url,
                    username,
                    password,
                    Optional.of(file),
                    passwordSecret,
                    packages,
                    minimumAge,
                    requireSha256,
                    order,
                    network);
        }

        public Source withPasswordSecret(String user, String name) {
            return new Source(
                    url,
                    Optional.of(user),
                    password,
                    passwordFile,
                    Optional.of(name),
                    packages,
                    minimumAge,
                    requireSha256,
                    order,
                    network);
        }

        public Source withPackages(String... patterns) {
            return new Source(
                    url,
                    username,
                    password,
                    passwordFile,
                    passwordSecret,
                    Optional.of(List.of(patterns)),
                    minimumAge,
                    requireSha256,
                    order,
                    network);
        }

        public Source withMinimumAge(Duration age) {
            return new Source(
                    url,
                    username,
                    password,
                    passwordFile,
                    passwordSecret,
                    packages,
                    Optional.of(age),
                    requireSha256,
                    order,
                    network);
        }

        public Source withNetwork(NetworkConfig own) {
            return new Source(
                    url,
                    username,
                    password,
                    passwordFile,
                    passwordSecret,
                    packages,
                    minimumAge,
                    requireSha256,
                    order,
                    own);
        }

        public Source requiringSha256() {
            return new Source(
                    url, username, password, passwordFile, passwordSecret, packages, minimumAge, true, order, network);
        }

        public Source withOrder(int number) {
            return new Source(
                    url,
                    username,
                    password,
                    passwordFile,
                    passwordSecret,
                    packages,
                    minimumAge,
                    requireSha256,
                    number,
                    network);
        }
    }
}
