package dev.datapipeline.llm.gateway;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.datapipeline.llm.call.CallRequest;
import dev.datapipeline.llm.call.Caller;
import dev.datapipeline.llm.call.Caller.OfRecord;
import dev.datapipeline.llm.call.Caller.OfSandbox;
import dev.datapipeline.llm.call.Endpoint;
import dev.datapipeline.llm.call.Usage;
import dev.datapipeline.llm.stub.StubRequest;
import dev.datapipeline.outbound.SandboxClient;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.OptionalLong;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What an upstream gets of a request. */
class SentRequestsTest extends GatewayFixture {
    @Test
    void requestGoesUpWithOurKeyAndNothingThatMovesTheBill() throws Exception {
        gateway.stub.on("m", exchange -> exchange.chat("yes", 1, 1));

        gateway.post(
                "/v1/chat/completions?a=b",
                GatewayHarness.body("m"),
                "Authorization: Bearer dpf-sandbox",
                "api-key: another",
                "Cookie: a=b",
                "Accept-Encoding: gzip, br",
                "OpenAI-Organization: org",
                "OpenAI-Project: project",
                "X-Forwarded-For: 1.2.3.4",
                "User-Agent: OpenAI/Python 3",
                "Idempotency-Key: k1",
                "OpenAI-Beta: assistants=v2");

        StubRequest sent = gateway.stub.requests().getFirst();
        assertEquals("/v1/chat/completions?a=b", sent.target());
        assertEquals("Bearer " + GatewayHarness.KEY, sent.header("authorization"));
        assertEquals("identity", sent.header("accept-encoding"));
        assertEquals("OpenAI/Python 3", sent.header("user-agent"));
        assertEquals("k1", sent.header("idempotency-key"));
        assertEquals("assistants=v2", sent.header("openai-beta"));
        assertEquals(
                Set.of(
                        "authorization",
                        "accept-encoding",
                        "user-agent",
                        "idempotency-key",
                        "openai-beta",
                        "content-type",
                        "content-length",
                        "host"),
                sent.headers().keySet());
        assertEquals(GatewayHarness.body("m"), sent.text());
    }

    @Test
    void framingAndCookiesOfTheUpstreamStayThere() throws Exception {
        gateway.stub.on(
                "m",
                exchange -> exchange.chat(
                        "yes",
                        1,
                        1,
                        "Set-Cookie: a=b",
                        "Server: nginx",
                        "CF-Ray: 1",
                        "Alt-Svc: h3",
                        "X-Other: y",
                        "x-ratelimit-remaining-requests: 9"));

        var answer = gateway.chat("m");

        assertEquals(
                Set.of(
                        "connection",
                        "content-length",
                        "content-type",
                        "x-dpf-cache",
                        "x-dpf-call",
                        "x-dpf-cost",
                        "x-ratelimit-remaining-requests",
                        "x-request-id"),
                answer.headers().keySet());
        assertEquals("9", gateway.ledger.limits.getFirst().get("x-ratelimit-remaining-requests"));
    }

    @Test
    void boundOfTheRunIsPutIntoRequestsWithoutOne() throws Exception {
        gateway.stub.on("m", exchange -> exchange.chat("yes", 1, 1));
        Path socket = gateway.socket(GatewayHarness.scope(List.of(), 4096, Set.of()));
        String bounded = "{\"model\":\"m\",\"max_tokens\":5,\"n\":3,\"messages\":[]}";

        gateway.client(socket)
                .post("/v1/chat/completions", GatewayHarness.body("m"))
                .answer();
        gateway.client(socket).post("/v1/chat/completions", bounded).answer();
        gateway.ledger.outputLimit = OptionalLong.of(100);
        gateway.client(socket)
                .post("/v1/chat/completions", GatewayHarness.body("m"))
                .answer();

        assertEquals(
                "{\"max_tokens\":4096," + GatewayHarness.body("m").substring(1),
                gateway.stub.requests().get(0).text());
        assertEquals(bounded, gateway.stub.requests().get(1).text());
        assertEquals(
                "{\"max_tokens\":100," + GatewayHarness.body("m").substring(1),
                gateway.stub.requests().get(2).text());
        assertEquals(4096, gateway.ledger.requests.get(0).outputTokens());
        assertEquals(15, gateway.ledger.requests.get(1).outputTokens());
        assertEquals(100, gateway.ledger.requests.get(2).outputTokens());
    }

    @Test
    void boundThatTheModelDoesNotKnowIsSentUnderItsOtherName() throws Exception {
        gateway.stub.on("m", exchange -> {
            if (exchange.request().text().contains("max_completion_tokens")) {
                exchange.chat("yes", 1, 1);
            } else {
                exchange.error(400, "unsupported_parameter", "'max_tokens' is not supported with this model.");
            }
        });
        Path socket = gateway.socket(GatewayHarness.scope(List.of(), 64, Set.of()));

        var first = gateway.client(socket)
                .post("/v1/chat/completions", GatewayHarness.body("m"))
                .answer();
        var second = gateway.client(socket)
                .post("/v1/chat/completions", GatewayHarness.body("m"))
                .answer();

        assertEquals(200, first.status());
        assertEquals(200, second.status());
        assertEquals(3, gateway.stub.requests().size());
    }

    @Test
    void callOfWhichNobodyKnowsTheRecordIsOneOfItsSandbox() throws Exception {
        Path socket = gateway.socket(GatewayHarness.scope());
        for (Path sandbox : List.of(socket, socket, gateway.socket(GatewayHarness.scope()))) {
            SandboxClient.connect(sandbox, -1, -1)
                    .post("/v1/chat/completions", GatewayHarness.body("m"))
                    .answer();
        }

        List<Caller> callers =
                gateway.ledger.requests.stream().map(CallRequest::caller).toList();
        assertInstanceOf(OfSandbox.class, callers.get(0));
        assertEquals(callers.get(0), callers.get(1));
        assertNotEquals(callers.get(0), callers.get(2));
    }

    @Test
    void ledgerIsToldWhatTheCallIs() throws Exception {
        gateway.stub.on(
                "m", exchange -> exchange.json("{\"data\":[],\"usage\":{\"prompt_tokens\":5,\"total_tokens\":5}}"));

        gateway.post("/embeddings", "{\"model\":\"m\",\"input\":[[1,2],[3]],\"encoding_format\":\"base64\"}");

        var request = gateway.ledger.requests.getFirst();
        assertEquals(new OfRecord(7), request.caller());
        assertEquals(2, request.stage());
        assertEquals(Endpoint.EMBEDDINGS, request.endpoint());
        assertEquals(0, request.outputTokens());
        assertEquals(Duration.ofMinutes(8), request.longestWait());
        assertEquals(new Usage(5, 0, 0, 0, 0, true), completed().usage());
    }

    @Test
    void requestInPiecesAndAnswerInPiecesArePutTogether() throws Exception {
        gateway.stub.on(
                "m",
                exchange -> exchange.raw("HTTP/1.1 100 Continue\r\n\r\n")
                        .slowly(
                                "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 15\r\n\r\n{\"choices\":[1]}"));
        String body = GatewayHarness.body("m");

        var answer = gateway.client(gateway.socket(GatewayHarness.scope()))
                .head("POST /v1/chat/completions HTTP/1.1", "Host: x", "Transfer-Encoding: chunked")
                .send(Integer.toHexString(10) + "\r\n" + body.substring(0, 10) + "\r\n")
                .send(Integer.toHexString(body.length() - 10) + "\r\n" + body.substring(10) + "\r\n0\r\n\r\n")
                .answer();

        assertEquals("{\"choices\":[1]}", answer.text());
        assertEquals(body, gateway.stub.requests().getFirst().text());
    }

    @Test
    void connectionsToTheUpstreamAreKept() throws Exception {
        gateway.stub.on("m", exchange -> exchange.chat("yes", 1, 1));

        for (int call = 0; call < 5; call++) {
            gateway.chat("m");
        }

        assertEquals(1, gateway.stub.connections());
    }

    @ParameterizedTest
    @ValueSource(strings = {"exact", "header", "event"})
    void keyInAnAnswerIsMasked(String where) throws Exception {
        String leak = "your key is " + GatewayHarness.KEY + " indeed";
        gateway.stub.on("exact", exchange -> exchange.chat(leak, 1, 1));
        gateway.stub.on("header", exchange -> exchange.chat("x", 1, 1, "openai-echo: " + GatewayHarness.KEY));
        gateway.stub.on(
                "event",
                exchange -> exchange.stream().token(leak).finish().done().endOfChunks());

        var answer = gateway.chat(where);

        assertEquals(200, answer.status());
        assertFalse((answer.text() + answer.headers()).contains(GatewayHarness.KEY));
        assertTrue((answer.text() + answer.headers()).contains("***"));
        assertFalse(new String(Objects.requireNonNull(completed().answer()).body(), StandardCharsets.UTF_8)
                .contains(GatewayHarness.KEY));
    }
}
