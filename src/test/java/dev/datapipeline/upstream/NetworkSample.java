package dev.datapipeline.upstream;

import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** Ways to servers elsewhere for tests. */
public record NetworkSample(
        Optional<URI> proxy,
        Optional<String> proxyUsername,
        Optional<String> proxyPassword,
        Optional<Path> proxyPasswordFile,
        Optional<Path> caFile,
        List<String> noProxy)
        implements SharedNetworkConfig {
    /** Directly to everything. */
    public static NetworkSample direct() {
        return new NetworkSample(
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                List.of("localhost", "127.0.0.1"));
    }

    public static NetworkSample through(StubProxy proxy) {
        return at(proxy.url().toString()).withPassword(StubProxy.USER, StubProxy.PASSWORD);
    }

    static NetworkSample at(String proxy) {
        NetworkSample none = direct();
        return new NetworkSample(
                Optional.of(URI.create(proxy)),
                none.proxyUsername,
                none.proxyPassword,
                none.proxyPasswordFile,
                none.caFile,
                none.noProxy);
    }

    public NetworkSample withPassword(String user, String password) {
        return new NetworkSample(proxy, Optional.of(user), Optional.of(password), proxyPasswordFile, caFile, noProxy);
    }

    NetworkSample withPasswordFile(String user, Path file) {
        return new NetworkSample(proxy, Optional.of(user), proxyPassword, Optional.of(file), caFile, noProxy);
    }

    public NetworkSample withAuthority(Path file) {
        return new NetworkSample(proxy, proxyUsername, proxyPassword, proxyPasswordFile, Optional.of(file), noProxy);
    }

    public NetworkSample withDirect(String... hosts) {
        return new NetworkSample(proxy, proxyUsername, proxyPassword, proxyPasswordFile, caFile, List.of(hosts));
    }
}
