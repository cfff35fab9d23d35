package dev.datapipeline.upstream;

import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.net.ProxyOptions;
import io.vertx.core.net.ProxyType;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The way to a server elsewhere, out of checked settings: directly or through a proxy, and who may sign its certificate. Immutable. */
public final class Network {
    private static final int USUAL_PORT = 80;

    private final @Nullable ProxyOptions proxy;
    private final HostPatterns direct;
    private final List<Path> authorities;
    private final String setting;

    private Network(@Nullable ProxyOptions proxy, HostPatterns direct, List<Path> authorities, String setting) {
        this.proxy = proxy;
        this.direct = direct;
        this.authorities = List.copyOf(authorities);
        this.setting = setting;
    }

    /**
     * The way for one server.
     *
     * @param prefix of its own settings, with a dot at the end
     * @param own settings, before the shared ones; its authorities are trusted besides those of all
     * @throws IllegalArgumentException naming the setting, what is wrong with it and what to do; never a password
     */
    public static Network of(String prefix, NetworkConfig own, SharedNetworkConfig shared) {
        String general = "datapipeline.network.";
        HostPatterns direct = HostPatterns.of(shared.noProxy(), general + "no-proxy");
        List<Path> authorities = new ArrayList<>();
        shared.caFile().ifPresent(authorities::add);
        own.caFile().ifPresent(authorities::add);
        ProxyOptions proxy = new Proxies(prefix)
                .of(own)
                .or(() -> new Proxies(general).of(shared))
                .orElse(null);
        String setting = (own.caFile().isPresent() ? prefix : general) + "ca-file";
        if (!authorities.isEmpty()) {
            TrustedAuthorities.of(authorities, setting);
        }
        return new Network(proxy, direct, authorities, setting);
    }

    /** The way for servers that have no settings of their own. */
    public static Network of(SharedNetworkConfig shared) {
        return of("datapipeline.network.", shared, shared);
    }

    /** @return empty where calls go to the host directly */
    public Optional<ProxyOptions> proxyTo(String host) {
        return Optional.ofNullable(proxy).filter(used -> !direct.match(host));
    }

    /** Files with certificates of authorities that are trusted besides those of Java: networks with the same ones can share a client. */
    public List<Path> authorities() {
        return authorities;
    }

    /** Reads the certificates. */
    public HttpClientOptions trustIn(HttpClientOptions options) {
        return authorities.isEmpty() ? options : options.setTrustOptions(TrustedAuthorities.of(authorities, setting));
    }

    /** @param prefix of the settings, with a dot at the end */
    private record Proxies(String prefix) {
        Optional<ProxyOptions> of(NetworkConfig config) {
            if (config.proxyPassword().isPresent() && config.proxyPasswordFile().isPresent()) {
                throw wrong("proxy-password", "and proxy-password-file are both set; keep one of them");
            }
            Optional<String> password =
                    config.proxyPasswordFile().map(this::read).or(config::proxyPassword);
            if (password.isPresent() && config.proxyUsername().isEmpty()) {
                throw wrong("proxy-username", "is missing; there is a password");
            }
            if (config.proxyUsername().isPresent() && config.proxy().isEmpty()) {
                throw wrong("proxy", "is missing; there is a username");
            }
            return config.proxy().map(url -> {
                ProxyOptions options = at(url);
                config.proxyUsername()
                        .ifPresent(user -> options.setUsername(user).setPassword(password.orElse("")));
                return options;
            });
        }

        private ProxyOptions at(URI url) {
            boolean isHttp =
                    String.valueOf(url.getScheme()).toLowerCase(Locale.ROOT).equals("http");
            boolean isRoot = url.getRawPath() == null || url.getRawPath().length() <= 1;
            if (url.getRawUserInfo() != null) {
                throw wrong(
                        "proxy",
                        "must not contain a user or password; give them as proxy-username and proxy-password-file");
            }
            if (!isHttp || url.getHost() == null || !isRoot || url.getRawQuery() != null) {
                throw wrong("proxy", "must be an address such as http://proxy.example.com:3128");
            }
            return new ProxyOptions()
                    .setType(ProxyType.HTTP)
                    .setHost(url.getHost())
                    .setPort(url.getPort() < 0 ? USUAL_PORT : url.getPort());
        }

        private String read(Path file) {
            try {
                return Files.readString(file).strip();
            } catch (IOException failure) {
                // The text of the failure may quote what is in the file.
                throw wrong("proxy-password-file", "cannot be read: " + file);
            }
        }

        private IllegalArgumentException wrong(String name, String problem) {
            return new IllegalArgumentException(prefix + name + " " + problem);
        }
    }
}
