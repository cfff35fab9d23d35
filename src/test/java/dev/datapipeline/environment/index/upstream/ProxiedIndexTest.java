package dev.datapipeline.environment.index.upstream;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.datapipeline.environment.index.page.IndexFile;
import dev.datapipeline.environment.index.upstream.IndexSample.Source;
import dev.datapipeline.environment.wheel.SampleWheel;
import dev.datapipeline.upstream.NetworkSample;
import dev.datapipeline.upstream.StubProxy;
import dev.datapipeline.upstream.TestAuthority;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Indexes whose names only a proxy knows, and whose certificates only an authority of the settings has signed. */
class ProxiedIndexTest extends RemoteIndexFixture {
    private static final String HOST = "packages.corp.invalid";

    private final TestAuthority authority = new TestAuthority();
    private final SampleWheel wheel = SampleWheel.of("a", "1.0");
    private StubIndex encrypted;
    private StubProxy proxy;

    @TempDir
    Path folder;

    @BeforeEach
    void begin() throws Exception {
        encrypted = new StubIndex(authority.server(HOST));
        proxy = new StubProxy(encrypted.port());
    }

    @AfterEach
    void end() throws IOException {
        proxy.close();
        encrypted.close();
    }

    private NetworkSample trusting(NetworkSample network) throws Exception {
        return network.withAuthority(authority.write(folder.resolve("ca.pem")));
    }

    private static Source encryptedIndex() {
        return Source.at("https://" + HOST + "/simple/");
    }

    @Test
    void encryptedIndexIsReachedThroughATunnel() throws Exception {
        encrypted.project("a", wheel);
        RemoteIndex index = index(encryptedIndex().withPassword("me", SECRET), trusting(NetworkSample.through(proxy)));

        IndexFile file = index.files("a").orElseThrow().getFirst();

        assertEquals("https://" + HOST + "/files/" + wheel.filename(), file.publicUrl());
        assertEquals(List.of("CONNECT " + HOST + ":443 HTTP/1.1"), proxy.requests());
        assertEquals(
                Optional.of("Basic bWU6cGFzcy13b3JkLTEyMzQ="),
                encrypted.requests().getFirst().authorization());
        assertEquals(Optional.empty(), encrypted.requests().getFirst().proxyAuthorization());
    }

    @Test
    void proxyOfAnIndexIsItsOwn() throws Exception {
        encrypted.project("a", wheel);
        RemoteIndex index =
                index(encryptedIndex().withNetwork(trusting(NetworkSample.through(proxy))), NetworkSample.direct());

        assertTrue(index.files("a").isPresent());
    }

    @Test
    void unencryptedIndexIsAskedForByItsWholeAddress() throws Exception {
        stub.project("a", wheel);
        try (StubProxy plain = new StubProxy(stub.port())) {
            RemoteIndex index = index(Source.at("http://" + HOST + ":81/simple/"), NetworkSample.through(plain));

            assertTrue(index.files("a").isPresent());
            assertEquals(List.of("GET http://" + HOST + ":81/simple/a/ HTTP/1.1"), plain.requests());
        }
    }

    @Test
    void hostsWithoutProxyAreReachedDirectly() throws Exception {
        stub.project("a", wheel);

        assertTrue(index(Source.at(stub.url()), NetworkSample.through(proxy))
                .files("a")
                .isPresent());
        assertEquals(List.of(), proxy.requests());
    }

    @ParameterizedTest
    @ValueSource(strings = {"https://", "http://"})
    void refusedPasswordOfTheProxyIsSaidSo(String scheme) throws Exception {
        NetworkSample wrong = NetworkSample.through(proxy).withPassword("me", SECRET);

        String text =
                failure(index(Source.at(scheme + HOST + "/simple/"), wrong)).text();

        assertTrue(text.contains("the proxy does not accept the username and password"), text);
    }

    @Test
    void certificateOfAnUnknownAuthorityIsSaidSo() {
        String text =
                failure(index(encryptedIndex(), NetworkSample.through(proxy))).text();

        assertTrue(text.contains("its certificate is not trusted; ca-file"), text);
    }

    @Test
    void certificateOfAnotherHostIsNotTaken() throws Exception {
        RemoteIndex index = index(Source.at("https://other.invalid/simple/"), trusting(NetworkSample.through(proxy)));

        assertTrue(failure(index).text().contains("certificate is not trusted"));
    }

    @Test
    void passwordGoesThroughNoProxyUnencrypted() {
        Source index = Source.at("http://" + HOST + "/simple/").withPassword("me", SECRET);

        String text = failure(index(index, NetworkSample.through(proxy))).text();

        assertTrue(text.contains("would go through the proxy unencrypted"), text);
        assertEquals(List.of(), proxy.requests());
    }

    @ParameterizedTest
    @CsvSource({
        "https://127.0.0.1:9200/, nearer network",
        "https://localhost:9200/, nearer network",
        "https://db.localhost:9200/, nearer network",
        "https://10.0.0.1/, nearer network",
        "https://[::1]/, nearer network",
        "https://127.1/, not followed",
        "https://0x7f000001/, no index may be",
        "https://2130706433/, no index may be",
        "https://0177.0.0.1/, no index may be",
        "https://169.254.169.254/, no index may be",
        "https://metadata.google.internal/, no index may be",
    })
    void indexMaySendNoProxyToANearerPlace(String location, String reason) throws Exception {
        encrypted.on("/simple/a/", exchange -> {
            exchange.getResponseHeaders().set("Location", location);
            exchange.sendResponseHeaders(302, -1);
        });
        NetworkSample network = trusting(NetworkSample.through(proxy)).withDirect("no.invalid");

        String text = failure(index(encryptedIndex(), network)).text();

        assertTrue(text.contains(reason), text);
        assertEquals(1, proxy.requests().size());
    }
}
