package dev.datapipeline.llm.upstream;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.datapipeline.secret.SecretSample;
import dev.datapipeline.upstream.NetworkSample;
import dev.datapipeline.upstream.StubProxy;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class UpstreamSettingsTest {
    private static final String KEY = "sk-0123456789";

    @TempDir
    Path folder;

    private static String problem(String name, UpstreamConfig config) {
        return String.valueOf(assertThrows(
                        IllegalArgumentException.class,
                        () -> UpstreamSettings.of(name, config, NetworkSample.direct(), SecretSample.none()))
                .getMessage());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "ftp://x/v1",
                "file:///etc/passwd",
                "api.openai.com/v1",
                "https:///v1",
                "https://user:password@x/v1",
                "https://x/v1#part",
                "http://metadata.google.internal/v1",
                "http://METADATA.google.internal./v1",
            })
    void addressThatIsNoneIsRefusedByItsName(String url) {
        String problem = problem("open-ai", UpstreamSample.at(url));

        assertTrue(problem.startsWith("datapipeline.llm.upstreams.open-ai.base-url must"), problem);
        assertFalse(problem.contains("password@"), problem);
    }

    @Test
    void nameIsPlain() {
        assertTrue(problem("Open AI", UpstreamSample.at("https://x/v1")).contains("lower-case letters"));
    }

    @Test
    void keyComesFromOnePlaceAndIsInNoText() throws IOException {
        Path file = Files.writeString(folder.resolve("key"), KEY + "\n");
        UpstreamSettings settings = UpstreamSettings.of(
                "a", UpstreamSample.at("https://x/v1/").withKeyFile(file), NetworkSample.direct(), SecretSample.none());

        assertEquals(KEY, settings.key().now().orElseThrow().reveal());
        assertFalse(settings.key().toString().contains(KEY));
        assertEquals("https://x/v1", settings.baseUrl().toString());
        assertTrue(problem("a", UpstreamSample.at("https://x").withKey(KEY).withKeyFile(file))
                .contains("both set"));
        String two = problem("a", UpstreamSample.at("https://x").withKey(KEY + "\r\nX-Evil: 1"));
        assertTrue(two.contains("api-key must hold one key"), two);
        assertFalse(two.contains(KEY), two);
        assertTrue(problem("a", UpstreamSample.at("https://x").withKeyFile(folder.resolve("none")))
                .contains("cannot be read"));
    }

    @Test
    void keyMayBeASecretThatChanges() {
        SecretSample secrets = SecretSample.none();
        UpstreamConfig config = UpstreamSample.at("https://x").withKeySecret("openai");
        UpstreamKey key = UpstreamSettings.of("a", config, NetworkSample.direct(), secrets)
                .key();

        assertTrue(key.isConfigured());
        assertTrue(key.now().isEmpty());
        secrets.with("openai", KEY);
        assertEquals(KEY, key.now().orElseThrow().reveal());
        secrets.with("openai", "sk-another-one");
        assertEquals("sk-another-one", key.now().orElseThrow().reveal());
        assertEquals("*** and ***", key.mask().mask(KEY + " and sk-another-one"));
        secrets.with("openai", "a line\r\nX-Evil: 1");
        assertTrue(key.now().isEmpty());
        assertTrue(problem("a", UpstreamSample.at("https://x").withKey(KEY).withKeySecret("openai"))
                .contains("api-key and api-key-secret are both set"));
    }

    @Test
    void keyGoesThroughNoProxyUnencrypted() throws IOException {
        UpstreamConfig plain = UpstreamSample.at("http://models.example.com/v1").withKey(KEY);
        try (StubProxy proxy = new StubProxy(1)) {
            NetworkSample network = NetworkSample.through(proxy);

            String message = String.valueOf(assertThrows(
                            IllegalArgumentException.class,
                            () -> UpstreamSettings.of("a", plain, network, SecretSample.none()))
                    .getMessage());

            assertTrue(message.contains("through the proxy unencrypted"), message);
            assertTrue(UpstreamSettings.of("a", plain, network.withDirect("*.example.com"), SecretSample.none())
                    .proxy()
                    .isEmpty());
        }
    }

    @Test
    void onlyOneUpstreamIsTheDefault() {
        UpstreamConfig config = UpstreamSample.at("https://x").asDefault();
        Vertx vertx = Vertx.vertx();
        try {
            var settings = new UpstreamSample.Settings(Map.of("a", config, "b", config));
            Throwable failure = assertThrows(
                    IllegalArgumentException.class,
                    () -> new Upstreams(settings, NetworkSample.direct(), SecretSample.none(), vertx));
            assertTrue(String.valueOf(failure.getMessage()).contains("a and b are both the default"));
        } finally {
            vertx.close();
        }
    }

    @Test
    void keyIsNotSentUnencryptedToAPublicAddress() {
        UpstreamSettings plain = UpstreamSettings.of(
                "a", UpstreamSample.at("http://8.8.8.8/v1").withKey(KEY), NetworkSample.direct(), SecretSample.none());
        UpstreamSettings linkLocal = UpstreamSettings.of(
                "a", UpstreamSample.at("http://169.254.169.254/v1"), NetworkSample.direct(), SecretSample.none());

        String exposed = problemOfAddress(plain);
        String refused = problemOfAddress(linkLocal);

        assertTrue(exposed.contains("use https"), exposed);
        assertTrue(refused.contains("may not go to"), refused);
    }

    private static String problemOfAddress(UpstreamSettings settings) {
        AddressLookup addresses = new AddressLookup(settings, Runnable::run);
        Throwable failure = assertThrows(
                CompletionException.class, () -> addresses.address().join());
        return String.valueOf(failure.getCause());
    }
}
