package dev.datapipeline.llm.gateway;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.datapipeline.llm.call.CallEnd;
import dev.datapipeline.llm.call.CallEnd.Unbilled;
import dev.datapipeline.llm.call.CallEnd.Unbilled.Cause;
import dev.datapipeline.llm.stub.StubScript;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class UpstreamErrorsTest extends GatewayFixture {
    /** Fails so many times, then answers. */
    private static StubScript failing(int times, StubScript failure) {
        AtomicInteger tries = new AtomicInteger();
        return exchange -> {
            if (tries.incrementAndGet() <= times) {
                failure.run(exchange);
            } else {
                exchange.chat("yes", 1, 1);
            }
        };
    }

    private void assertUnbilled(Cause cause, int status) throws InterruptedException {
        Unbilled end = assertInstanceOf(Unbilled.class, gateway.ledger.end());
        assertEquals(cause, end.cause());
        assertEquals(status, end.status());
    }

    @Test
    void refusalOfARequestGoesDownAsItCame() throws Exception {
        String body =
                "{\"error\":{\"message\":\"bad\",\"type\":\"invalid_request_error\",\"param\":\"x\",\"code\":\"odd\",\"more\":1}}";
        for (int status : List.of(400, 404, 413, 422)) {
            gateway.stub.on("m", exchange -> exchange.answer(status, "application/json", body, "x-request-id: r-1"));

            var answer = gateway.chat("m");

            assertEquals(status, answer.status());
            assertEquals(body, answer.text());
            assertEquals("false", answer.headers().get("x-should-retry"));
            assertUnbilled(Cause.REJECTED, status);
        }
        assertEquals(4, gateway.stub.requests().size());
    }

    @Test
    void errorsOfOtherShapesAreWrapped() throws Exception {
        String[][] bodies = {
            {
                "{\"object\":\"error\",\"message\":\"old vLLM\",\"type\":\"BadRequestError\",\"param\":null,\"code\":400}",
                "old vLLM"
            },
            {"{\"error\":\"Ollama has a text\"}", "Ollama has a text"},
            {"{\"detail\":\"FastAPI\"}", "FastAPI"},
            {"{\"detail\":[{\"loc\":[\"body\"],\"msg\":\"field required\"}]}", "field required"},
            {"{\"error\":{\"message\":\"x\",\"type\":\"None\",\"param\":\"None\",\"code\":\"None\"}}", "x"},
            {"<html><h1>400</h1></html>", "status 400"},
            {"", "status 400"},
        };
        for (String[] body : bodies) {
            gateway.stub.on("m", exchange -> exchange.answer(400, "text/plain", body[0]));

            var answer = gateway.chat("m");

            assertEquals(400, answer.status());
            assertTrue(answer.text().startsWith("{\"error\":{\"message\":\""), answer.text());
            assertTrue(answer.text().contains(body[1]), answer.text());
            assertTrue(answer.text().matches(".*\"code\":\"[a-z0-9_]+\".*"), answer.text());
            assertFalse(answer.text().contains("None"), answer.text());
            gateway.ledger.end();
        }
    }

    @Test
    void rateLimitIsWaitedForAndItsHeadersReachTheLedger() throws Exception {
        gateway.stub.on(
                "m",
                failing(
                        2,
                        exchange -> exchange.error(
                                429,
                                "rate_limit_exceeded",
                                "slow down",
                                "retry-after-ms: 70",
                                "x-ratelimit-reset-requests: 6m0s")));

        var answer = gateway.chat("m");

        assertEquals(200, answer.status());
        assertEquals(2, gateway.ledger.retries.size());
        assertEquals(Cause.RATE_LIMITED, ((Unbilled) gateway.ledger.retries.peek()).cause());
        assertEquals("70", gateway.ledger.limits.getFirst().get("retry-after-ms"));
        assertEquals("6m0s", gateway.ledger.limits.getFirst().get("x-ratelimit-reset-requests"));
        gateway.ledger.end();
    }

    @Test
    void emptyAccountIsNoRateLimit() throws Exception {
        gateway.stub.on("429", exchange -> exchange.error(429, "insufficient_quota", "You exceeded your quota"));
        gateway.stub.on("402", exchange -> exchange.error(402, "x", "Insufficient Balance"));

        for (int status : List.of(429, 402)) {
            var answer = gateway.chat(Integer.toString(status));

            assertEquals(402, answer.status());
            assertTrue(answer.text().contains("upstream_quota_exhausted"), answer.text());
            assertUnbilled(Cause.QUOTA_EXHAUSTED, status);
        }
        assertEquals(2, gateway.stub.requests().size());
    }

    @Test
    void refusedKeyIsOursAndItsTextIsNotShown() throws Exception {
        gateway.stub.on(
                "401",
                exchange -> exchange.error(401, "invalid_api_key", "Incorrect API key provided: sk-proj-5ec***"));
        gateway.stub.on(
                "403", exchange -> exchange.error(403, "forbidden", "Incorrect API key provided: sk-proj-5ec***"));

        for (int status : List.of(401, 403)) {
            var answer = gateway.chat(Integer.toString(status));

            assertEquals(502, answer.status());
            assertTrue(answer.text().contains("upstream_key_refused"), answer.text());
            assertFalse(answer.text().contains("sk-proj"), answer.text());
            assertUnbilled(Cause.KEY_REFUSED, status);
        }
    }

    @Test
    void failureOfTheUpstreamIsTriedAgainThreeTimesInAll() throws Exception {
        gateway.stub.on("503", failing(1, exchange -> exchange.answer(503, "text/html", "<html>busy</html>")));
        gateway.stub.on("529", failing(2, exchange -> exchange.error(529, "overloaded", "busy")));
        gateway.stub.on("500", failing(9, exchange -> exchange.answer(500, "text/html", "<html>oops</html>")));

        assertEquals(200, gateway.chat("503").status());
        assertEquals(200, gateway.chat("529").status());
        var failed = gateway.chat("500");

        assertEquals(502, failed.status());
        assertTrue(failed.text().contains("\"code\":\"upstream_error\""), failed.text());
        assertFalse(failed.text().contains("<html>"));
        assertEquals("false", failed.headers().get("x-should-retry"));
        assertEquals(2 + 3 + 3, gateway.stub.requests().size());
        assertEquals(
                500, ((CallEnd.Uncertain) gateway.ledger.ends.stream().toList().getLast()).status());
    }

    @Test
    void momentaryRefusalIsTriedAgainForNothing() throws Exception {
        gateway.stub.on("m", failing(1, exchange -> exchange.error(409, "conflict", "locked")));

        assertEquals(200, gateway.chat("m").status());

        assertEquals(Cause.REJECTED, ((Unbilled) gateway.ledger.retries.take()).cause());
    }

    @Test
    void lostConnectionIsUncertainAndTriedAgain() throws Exception {
        gateway.stub.on("before", failing(1, exchange -> exchange.reset()));
        gateway.stub.on(
                "head",
                failing(
                        1,
                        exchange -> exchange.raw("HTTP/1.1 200 OK\r\nContent-").close()));
        gateway.stub.on(
                "body",
                failing(
                        1,
                        exchange -> exchange.raw(
                                        "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 100\r\n\r\n{\"cho")
                                .close()));
        gateway.stub.on("always", failing(9, exchange -> exchange.close()));

        for (String model : List.of("before", "head", "body")) {
            assertEquals(200, gateway.chat(model).status(), model);
            assertInstanceOf(CallEnd.Uncertain.class, gateway.ledger.retries.take(), model);
        }
        var failed = gateway.chat("always");

        assertEquals(502, failed.status());
        assertTrue(failed.text().contains("upstream_connection_lost"), failed.text());
    }

    @Test
    void redirectIsNotFollowed() throws Exception {
        gateway.stub.on(
                "m",
                exchange -> exchange.answer(
                        307, "text/plain", "", "Location: http://127.0.0.1:" + gateway.stub.port() + "/elsewhere"));

        var answer = gateway.chat("m");

        assertEquals(502, answer.status());
        assertTrue(answer.text().contains("upstream_redirect"));
        assertEquals(1, gateway.stub.requests().size());
        assertUnbilled(Cause.REJECTED, 307);
    }

    @Test
    void upstreamThatIsAwayIsWaitedFor() throws Exception {
        int port = gateway.stub.port();
        gateway.stub.close();
        var client = gateway.client(gateway.socket(GatewayHarness.scope()))
                .post("/v1/chat/completions", GatewayHarness.body("m"));
        assertEquals(Cause.NOT_CONNECTED, ((Unbilled) gateway.ledger.retries.take()).cause());

        try (var back = dev.datapipeline.llm.stub.StubUpstream.start(port)) {
            back.on("m", exchange -> exchange.chat("yes", 1, 1));

            assertEquals(200, client.answer().status());
        }
    }

    @Test
    void keyInTheTextOfAnErrorIsMasked() throws Exception {
        String key = GatewayHarness.KEY;
        String shifted = Base64.getEncoder().encodeToString(("u:" + key + ":p").getBytes());
        List<String> leaks = List.of(
                key,
                java.net.URLEncoder.encode(key, java.nio.charset.StandardCharsets.UTF_8),
                Base64.getEncoder().encodeToString(key.getBytes()),
                Base64.getUrlEncoder().encodeToString(key.getBytes()),
                shifted);
        for (String leak : leaks) {
            gateway.stub.on("m", exchange -> exchange.error(400, "bad", "you sent " + leak + " here"));

            var answer = gateway.chat("m");

            assertEquals(400, answer.status());
            assertFalse(answer.text().contains(leak), answer.text());
            assertTrue(answer.text().contains("***"), answer.text());
            assertFalse(gateway.ledger.end().toString().contains(leak));
        }
        gateway.stub.on(
                "m",
                exchange -> exchange.answer(
                        400, "application/json", "{\"error\":{\"message\":\"\\u0073" + key.substring(1) + "\"}}"));
        assertFalse(gateway.chat("m").text().contains(key.substring(1)));
    }

    @Test
    void errorThatNeverEndsIsReadNoFurtherThanNeeded() throws Exception {
        gateway.stub.on("m", exchange -> {
            exchange.raw("HTTP/1.1 400 Bad\r\nContent-Type: text/plain\r\nTransfer-Encoding: chunked\r\n\r\n");
            while (true) {
                exchange.chunk("x".repeat(1000));
            }
        });

        assertEquals(400, gateway.chat("m").status());
        assertEquals("m", gateway.stub.reset().request().text().substring(10, 11));
    }
}
