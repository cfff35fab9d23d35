package dev.datapipeline.upstream;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.smallrye.config.EnvConfigSource;
import io.smallrye.config.SmallRyeConfigBuilder;
import io.vertx.core.net.ProxyOptions;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class NetworkTest {
    private static final NetworkSample NONE = NetworkSample.direct();
    private static final String SECRET = "pass-word-1234";

    @TempDir
    Path folder;

    private static String refusal(NetworkSample own) {
        String message = String.valueOf(
                assertThrows(IllegalArgumentException.class, () -> Network.of("datapipeline.test.", own, NONE))
                        .getMessage());
        assertFalse(message.contains(SECRET), message);
        return message;
    }

    @Test
    void settingsAreReadFromVariables() {
        SharedNetworkConfig config = new SmallRyeConfigBuilder()
                .withSources(new EnvConfigSource(
                        Map.of(
                                "DATAPIPELINE_NETWORK_PROXY", "http://proxy:3128",
                                "DATAPIPELINE_NETWORK_PROXY_PASSWORD_FILE", "/etc/password",
                                "DATAPIPELINE_NETWORK_CA_FILE", "/etc/ca.pem"),
                        300))
                .withMapping(SharedNetworkConfig.class)
                .build()
                .getConfigMapping(SharedNetworkConfig.class);

        assertEquals(Optional.of(URI.create("http://proxy:3128")), config.proxy());
        assertEquals(Optional.of(Path.of("/etc/password")), config.proxyPasswordFile());
        assertEquals(Optional.of(Path.of("/etc/ca.pem")), config.caFile());
        assertEquals(List.of("localhost", "127.0.0.1", "[::1]"), config.noProxy());
    }

    @Test
    void proxyOfAServerGoesBeforeThatOfAll() {
        NetworkSample shared = NetworkSample.at("http://one.example.com");

        ProxyOptions own = Network.of("x.", NetworkSample.at("http://two.example.com:3128/"), shared)
                .proxyTo("example.com")
                .orElseThrow();
        ProxyOptions ofAll =
                Network.of("x.", NONE, shared).proxyTo("example.com").orElseThrow();

        assertEquals("two.example.com", own.getHost());
        assertEquals(3128, own.getPort());
        assertEquals("one.example.com", ofAll.getHost());
        assertEquals(80, ofAll.getPort());
        assertEquals(null, ofAll.getUsername());
    }

    @Test
    void passwordOfAFileIsUsed() throws Exception {
        Path file = Files.writeString(folder.resolve("password"), SECRET + "\n");

        ProxyOptions proxy = Network.of(NetworkSample.at("http://p").withPasswordFile("me", file))
                .proxyTo("x")
                .orElseThrow();

        assertEquals("me", proxy.getUsername());
        assertEquals(SECRET, proxy.getPassword());
    }

    @ParameterizedTest
    @CsvSource({
        "packages.corp.example.com, *.corp.example.com, true",
        "packages.corp.example.com, .CORP.example.com, true",
        "corp.example.com, *.corp.example.com, false",
        "evilcorp.example.com, *.corp.example.com, false",
        "LOCALHOST, localhost, true",
        "[::1], [::1], true",
        "10.0.0.1, 10.0.0.1, true",
        "example.com, *, true",
        "example.com, other.example.com, false",
    })
    void hostsWithoutProxyAreReachedDirectly(String host, String pattern, boolean isDirect) {
        Network network = Network.of(NetworkSample.at("http://p").withDirect(pattern));

        assertEquals(isDirect, network.proxyTo(host).isEmpty());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://proxy.example.com",
                "socks5://proxy.example.com",
                "http:proxy",
                "http://proxy.example.com/path",
                "http://proxy.example.com?x",
            })
    void otherThanAnAddressOfAProxyIsRefused(String url) {
        assertTrue(refusal(NetworkSample.at(url)).startsWith("datapipeline.test.proxy must be an address"));
    }

    @Test
    void secretsInTheWrongPlaceAreRefusedAndNotRepeated() {
        NetworkSample proxy = NetworkSample.at("http://proxy.example.com");

        assertTrue(refusal(NetworkSample.at("http://me:" + SECRET + "@proxy.example.com"))
                .contains("proxy-username and proxy-password-file"));
        assertTrue(refusal(NONE.withPassword("me", SECRET)).contains("proxy is missing"));
        assertTrue(refusal(proxy.withPassword("me", SECRET).withPasswordFile("me", folder))
                .contains("both set"));
        assertTrue(
                refusal(proxy.withPasswordFile("me", folder.resolve("absent"))).contains("cannot be read"));
    }

    @Test
    void wrongHostIsRefused() {
        NetworkSample shared = NONE.withDirect("exa mple.com");

        assertTrue(String.valueOf(assertThrows(IllegalArgumentException.class, () -> Network.of(shared))
                        .getMessage())
                .startsWith("datapipeline.network.no-proxy must be names of hosts"));
    }

    @Test
    void fileWithoutCertificatesIsRefused() throws Exception {
        Path empty = Files.writeString(folder.resolve("empty.pem"), "");
        Path broken = Files.writeString(
                folder.resolve("broken.pem"), "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n");

        assertTrue(refusal(NONE.withAuthority(empty)).startsWith("datapipeline.test.ca-file"));
        assertTrue(refusal(NONE.withAuthority(broken)).startsWith("datapipeline.test.ca-file"));
        assertTrue(refusal(NONE.withAuthority(folder.resolve("absent"))).contains("absent"));
    }

    @Test
    void authoritiesOfAServerAreTrustedBesidesThoseOfAll() throws Exception {
        Path one = new TestAuthority().write(folder.resolve("one.pem"));
        Path two = new TestAuthority().write(folder.resolve("two.pem"));

        Network network = Network.of("x.", NONE.withAuthority(two), NONE.withAuthority(one));

        assertEquals(List.of(one, two), network.authorities());
        assertEquals(Optional.empty(), network.proxyTo("example.com"));
    }
}
