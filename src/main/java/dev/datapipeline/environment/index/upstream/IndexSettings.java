package dev.datapipeline.environment.index.upstream;

import dev.datapipeline.secret.SecretLookup;
import dev.datapipeline.upstream.AddressRules;
import dev.datapipeline.upstream.Network;
import dev.datapipeline.upstream.SharedNetworkConfig;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The settings of one index, checked.
 *
 * @param url of its Simple API, with a slash at the end
 * @param packages empty where every name may come from here
 * @param minimumAge of files that are taken
 * @param mayLackSha256 whether files are taken of which it states no SHA-256
 * @param network the way to it
 */
record IndexSettings(
        String name,
        URI url,
        IndexPassword password,
        NamePatterns packages,
        Duration minimumAge,
        boolean mayLackSha256,
        int order,
        Network network) {
    private static final Pattern NAME = Pattern.compile("[a-z0-9][a-z0-9-]{0,39}");
    private static final Set<String> RESERVED = Set.of(RemoteIndexes.DEFAULT, RemoteIndexes.UPLOADS);

    /** @throws IllegalArgumentException naming the setting, what is wrong with it and what to do; never its password */
    static IndexSettings of(
            String name,
            IndexConfig.SourceConfig config,
            Duration minimumAge,
            SharedNetworkConfig network,
            SecretLookup secrets) {
        if (!NAME.matcher(name).matches() || RESERVED.contains(name)) {
            throw new IllegalArgumentException("datapipeline.environment.indexes.\"" + name
                    + "\": the name of an index is made of lower-case letters, digits and dashes, at most 40, and is not "
                    + String.join(" or ", RESERVED.stream().sorted().toList()));
        }
        Checks checks = new Checks("datapipeline.environment.indexes." + name + ".");
        NamePatterns packages = NamePatterns.of(config.packages().orElse(List.of()), checks.prefix() + "packages");
        return new IndexSettings(
                name,
                checks.url(config.url()),
                checks.password(config, secrets),
                packages,
                config.minimumAge().orElse(packages.isEmpty() ? minimumAge : Duration.ZERO),
                !config.requireSha256(),
                config.order(),
                Network.of(checks.prefix(), config.network(), network));
    }

    /** The index that pip has by default. */
    static IndexSettings ofDefault(URI url, Duration minimumAge, Network network) {
        return new IndexSettings(
                RemoteIndexes.DEFAULT,
                new Checks("The index of pip ").url(url),
                IndexPassword.none(),
                NamePatterns.of(List.of(), "packages"),
                minimumAge,
                false,
                Integer.MAX_VALUE,
                network);
    }

    /** @param prefix of the settings, with a dot at the end */
    private record Checks(String prefix) {
        URI url(URI url) {
            String scheme = String.valueOf(url.getScheme()).toLowerCase(Locale.ROOT);
            if (!scheme.equals("http") && !scheme.equals("https") || url.getHost() == null) {
                throw wrong("url", "must be an address such as https://packages.example.com/simple/");
            }
            if (url.getRawUserInfo() != null) {
                throw wrong("url", "must not contain a user or password; give them as username and password-file");
            }
            if (url.getRawQuery() != null || url.getRawFragment() != null) {
                throw wrong("url", "must not contain a query (?) or fragment (#)");
            }
            if (AddressRules.isMetadataName(url.getHost())) {
                throw wrong("url", "must not be the metadata service of a cloud");
            }
            return url.toString().endsWith("/") ? url : URI.create(url + "/");
        }

        IndexPassword password(IndexConfig.SourceConfig config, SecretLookup secrets) {
            List<String> given = Stream.of(
                            config.password().map(password -> "password"),
                            config.passwordFile().map(file -> "password-file"),
                            config.passwordSecret().map(secret -> "password-secret"))
                    .flatMap(Optional::stream)
                    .toList();
            if (given.size() > 1) {
                throw wrong(given.get(0), "and " + given.get(1) + " are both set; keep one of them");
            }
            Optional<String> password = config.passwordFile().map(this::read).or(config::password);
            if (!given.isEmpty() && config.username().isEmpty()) {
                throw wrong("username", "is missing; there is a password");
            }
            String user = config.username().orElse("");
            if (user.contains(":")) {
                throw wrong("username", "must not contain a colon");
            }
            if (config.passwordSecret().isPresent()) {
                return IndexPassword.ofSecret(user, config.passwordSecret().get(), secrets);
            }
            return config.username().isPresent() ? IndexPassword.of(user, password.orElse("")) : IndexPassword.none();
        }

        private String read(Path file) {
            try {
                return Files.readString(file).strip();
            } catch (IOException failure) {
                // The text of the failure may quote what is in the file.
                throw wrong("password-file", "cannot be read: " + file);
            }
        }

        private IllegalArgumentException wrong(String setting, String problem) {
            return new IllegalArgumentException(prefix + setting + " " + problem);
        }
    }
}
