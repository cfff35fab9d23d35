package dev.datapipeline.llm.upstream;

import dev.datapipeline.secret.SecretLookup;
import dev.datapipeline.upstream.AddressRules;
import dev.datapipeline.upstream.Network;
import dev.datapipeline.upstream.SharedNetworkConfig;
import dev.datapipeline.upstream.WebAddresses;
import io.vertx.core.net.ProxyOptions;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The settings of one upstream, checked. */
record UpstreamSettings(String name, URI baseUrl, UpstreamKey key, UpstreamConfig config, Network network) {
    private static final Pattern NAME = Pattern.compile("[a-z0-9][a-z0-9-]{0,39}");

    /** @throws IllegalArgumentException naming the setting, what is wrong with it and what to do; never its secret */
    static UpstreamSettings of(String name, UpstreamConfig config, SharedNetworkConfig shared, SecretLookup secrets) {
        if (!NAME.matcher(name).matches()) {
            throw new IllegalArgumentException("datapipeline.llm.upstreams.\"" + name
                    + "\": the name of an upstream is made of lower-case letters, digits and dashes, at most 40");
        }
        Checks checks = new Checks("datapipeline.llm.upstreams." + name + ".");
        checks.baseUrl(config.baseUrl());
        checks.prices(config);
        Network network = Network.of(checks.prefix(), config.network(), shared);
        UpstreamSettings settings = new UpstreamSettings(
                name, withoutSlash(config.baseUrl()), checks.key(config, secrets), config, network);
        if (settings.proxy().isPresent() && settings.key().isConfigured() && !settings.isEncrypted()) {
            throw checks.wrong(
                    "base-url",
                    "must begin with https: its key would go through the proxy unencrypted. A host of your own network"
                            + " can be named in datapipeline.network.no-proxy");
        }
        return settings;
    }

    /** Empty where calls go to it directly. */
    Optional<ProxyOptions> proxy() {
        return network.proxyTo(baseUrl.getHost());
    }

    int port() {
        return WebAddresses.port(baseUrl);
    }

    boolean isEncrypted() {
        return WebAddresses.isEncrypted(baseUrl);
    }

    private static URI withoutSlash(URI url) {
        String path = url.getRawPath() == null ? "" : url.getRawPath().replaceFirst("/+$", "");
        String query = url.getRawQuery() == null ? "" : "?" + url.getRawQuery();
        return URI.create(url.getScheme() + "://" + url.getRawAuthority() + path + query);
    }

    /** @param prefix of the settings, with a dot at the end */
    private record Checks(String prefix) {
        void baseUrl(URI url) {
            String scheme = String.valueOf(url.getScheme()).toLowerCase(Locale.ROOT);
            if (!scheme.equals("http") && !scheme.equals("https") || url.getHost() == null) {
                throw wrong("base-url", "must be an address such as https://api.openai.com/v1");
            }
            if (url.getRawUserInfo() != null) {
                throw wrong("base-url", "must not contain a user or password; give the key as api-key-file");
            }
            if (url.getRawFragment() != null) {
                throw wrong("base-url", "must not contain a fragment (#)");
            }
            if (AddressRules.isMetadataName(url.getHost())) {
                throw wrong("base-url", "must not be the metadata service of a cloud");
            }
        }

        UpstreamKey key(UpstreamConfig config, SecretLookup secrets) {
            List<String> given = Stream.of(
                            config.apiKey().map(key -> "api-key"),
                            config.apiKeyFile().map(file -> "api-key-file"),
                            config.apiKeySecret().map(secret -> "api-key-secret"))
                    .flatMap(Optional::stream)
                    .toList();
            if (given.size() > 1) {
                throw wrong(given.get(0), "and " + given.get(1) + " are both set; keep one of them");
            }
            if (config.apiKeySecret().isPresent()) {
                return UpstreamKey.ofSecret(config.apiKeySecret().get(), secrets);
            }
            Optional<String> text = config.apiKeyFile().map(this::read).or(config::apiKey);
            try {
                return text.map(UpstreamKey::of).orElseGet(UpstreamKey::none);
            } catch (IllegalArgumentException unusable) {
                throw wrong(given.getFirst(), String.valueOf(unusable.getMessage()));
            }
        }

        void prices(UpstreamConfig config) {
            config.prices().forEach((model, price) -> {
                boolean isNegative = price.input().signum() < 0
                        || price.output().signum() < 0
                        || price.cachedInput()
                                .filter(cached -> cached.signum() < 0)
                                .isPresent()
                        || price.cacheWrite()
                                .filter(write -> write.signum() < 0)
                                .isPresent();
                if (isNegative) {
                    throw wrong("prices.\"" + model + "\"", "must not be negative");
                }
            });
            if (config.free() && !config.prices().isEmpty()) {
                throw wrong("free", "and prices are both set; keep one of them");
            }
        }

        private String read(Path file) {
            try {
                return Files.readString(file).strip();
            } catch (IOException failure) {
                // The text of the failure may quote what is in the file.
                throw wrong("api-key-file", "cannot be read: " + file);
            }
        }

        private IllegalArgumentException wrong(String setting, String problem) {
            return new IllegalArgumentException(prefix + setting + " " + problem);
        }
    }
}
