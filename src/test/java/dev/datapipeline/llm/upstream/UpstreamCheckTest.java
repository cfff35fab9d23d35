package dev.datapipeline.llm.upstream;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.datapipeline.llm.stub.StubScript;
import dev.datapipeline.llm.stub.StubUpstream;
import dev.datapipeline.secret.SecretSample;
import dev.datapipeline.upstream.NetworkSample;
import dev.datapipeline.upstream.StubProxy;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.net.URI;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class UpstreamCheckTest {
    private static final String KEY = "sk-check-0123456789";

    private final Vertx vertx = Vertx.vertx();
    private StubUpstream stub;

    @BeforeEach
    void open() throws IOException {
        stub = StubUpstream.start();
    }

    @AfterEach
    void close() throws IOException {
        stub.close();
        vertx.close();
    }

    private UpstreamCheck.Result check(StubScript script) {
        stub.on("/v1/models", script);
        try (Upstreams upstreams = new Upstreams(
                UpstreamSample.at(stub.baseUrl()).withKey(KEY).inSettings("u"),
                NetworkSample.direct(),
                SecretSample.none(),
                vertx)) {
            return UpstreamCheck.of(upstreams.find("u").orElseThrow()).join();
        }
    }

    @Test
    void upstreamThatIsUsableNamesItsModels() {
        UpstreamCheck.Result result = check(exchange -> exchange.json("{\"data\":[{\"id\":\"b\"},{\"id\":\"a\"},{}]}"));

        assertEquals(200, result.status());
        assertNull(result.problem());
        assertEquals(List.of("a", "b"), result.models());
        assertEquals("Bearer " + KEY, stub.requests().getFirst().header("authorization"));
    }

    @Test
    void problemSaysWhatToLookAt() {
        assertTrue(
                String.valueOf(check(exchange -> exchange.error(401, "x", KEY)).problem())
                        .contains("api-key"));
        assertTrue(
                String.valueOf(check(exchange -> exchange.error(404, "x", "x")).problem())
                        .contains("/v1"));
        assertTrue(
                String.valueOf(check(exchange -> exchange.error(500, "x", "x")).problem())
                        .contains("500"));
        assertTrue(String.valueOf(check(exchange ->
                                exchange.answer(307, "text/plain", "", "Location: " + stub.baseUrl() + "/other"))
                        .problem())
                .contains("not followed"));
        assertTrue(String.valueOf(check(exchange -> exchange.answer(200, "text/html", "<html>"))
                        .problem())
                .contains("base URL"));
        assertTrue(String.valueOf(check(exchange -> exchange.close()).problem()).contains("broke"));
        assertEquals(6, stub.requests().size());
    }

    @Test
    void upstreamBehindAProxyIsUsable() throws IOException {
        stub.on("/v1/models", exchange -> exchange.json("{\"data\":[{\"id\":\"a\"}]}"));
        URI own = URI.create(stub.baseUrl());
        try (StubProxy proxy = new StubProxy(own.getPort());
                Upstreams upstreams = new Upstreams(
                        UpstreamSample.at("http://models.corp.invalid/v1").inSettings("u"),
                        NetworkSample.through(proxy),
                        SecretSample.none(),
                        vertx)) {
            UpstreamCheck.Result result =
                    UpstreamCheck.of(upstreams.find("u").orElseThrow()).join();

            assertNull(result.problem());
            assertEquals(List.of("GET http://models.corp.invalid/v1/models HTTP/1.1"), proxy.requests());
        }
    }

    @Test
    void keyIsInNoResult() {
        UpstreamCheck.Result result = check(exchange -> exchange.json("{\"data\":[{\"id\":\"" + KEY + "\"}]}"));

        assertFalse(result.toString().contains(KEY));
    }

    @Test
    void upstreamThatIsAwayIsSaidToBeAway() throws IOException {
        stub.close();

        UpstreamCheck.Result result = check(exchange -> exchange.json("{}"));

        assertEquals(0, result.status());
        assertTrue(String.valueOf(result.problem()).contains("no connection"));
    }
}
