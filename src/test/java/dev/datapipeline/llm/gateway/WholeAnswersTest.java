package dev.datapipeline.llm.gateway;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.datapipeline.llm.call.Admission;
import dev.datapipeline.llm.call.CallEnd;
import dev.datapipeline.llm.call.Refusal;
import dev.datapipeline.llm.call.StoredAnswer;
import dev.datapipeline.llm.call.Usage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;

/** What a script gets of an answer, and what is booked. */
class WholeAnswersTest extends GatewayFixture {
    @Test
    void answerGoesDownByteForByteAndIsBooked() throws Exception {
        String odd = "{ \"z\":1.50, \"choices\" : [{\"message\":{\"content\":\"\\u00e9\"}}],\"usage\":"
                + "{\"prompt_tokens\":12,\"completion_tokens\":3,\"prompt_tokens_details\":{\"cached_tokens\":8},"
                + "\"completion_tokens_details\":{\"reasoning_tokens\":2}},\"model\":\"m-2026\",\"service_tier\":\"flex\"}\n";
        gateway.stub.on("m", exchange -> exchange.json(odd, "X-Request-Id: r-9", "OpenAI-Processing-Ms: 4"));

        var answer = gateway.chat("m");

        assertEquals(200, answer.status());
        assertEquals(odd, answer.text());
        assertEquals("r-9", answer.headers().get("x-request-id"));
        assertEquals("4", answer.headers().get("openai-processing-ms"));
        assertEquals("call-1", answer.headers().get("x-dpf-call"));
        assertEquals("miss", answer.headers().get("x-dpf-cache"));
        assertEquals("0.000123", answer.headers().get("x-dpf-cost"));
        CallEnd.Complete end = completed();
        assertEquals(new Usage(12, 8, 0, 3, 2, true), end.usage());
        assertEquals("m-2026", end.servedModel());
        assertEquals("flex", end.servedTier());
        assertEquals(odd, new String(Objects.requireNonNull(end.answer()).body(), StandardCharsets.UTF_8));
    }

    @Test
    void clientThatGivesUpEarlyWaitsLess() throws Exception {
        gateway.stub.on("m", exchange -> exchange.chat("yes", 1, 1));

        gateway.post("/v1/chat/completions", GatewayHarness.body("m"), "x-stainless-read-timeout: 20");

        assertEquals(Duration.ofSeconds(16), gateway.ledger.requests.getFirst().longestWait());
    }

    @Test
    void relayIsToldWhenTheCallWaits() throws Exception {
        gateway.stub.on("m", exchange -> exchange.chat("yes", 1, 1));
        CompletableFuture<Admission> turn = new CompletableFuture<>();
        gateway.ledger.admissions = request -> turn;
        var client = gateway.client(gateway.socket(GatewayHarness.scope()))
                .post("/v1/chat/completions", GatewayHarness.body("m"));

        assertEquals(1, client.receiveByte());
        turn.complete(gateway.ledger.grant());

        assertEquals(List.of(2, 3), client.answer().signals());
    }

    @Test
    void keptAnswerIsSentWithoutACall() throws Exception {
        StoredAnswer kept =
                new StoredAnswer(200, "application/json", "r-1", "{\"kept\":1}".getBytes(StandardCharsets.UTF_8));
        gateway.ledger.admissions = request ->
                CompletableFuture.completedFuture(new Admission.Answered("call-0", kept, Admission.Source.REPLAY));

        var answer = gateway.chat("m");

        assertEquals("{\"kept\":1}", answer.text());
        assertEquals("replay", answer.headers().get("x-dpf-cache"));
        assertEquals("0", answer.headers().get("x-dpf-cost"));
        assertEquals("r-1", answer.headers().get("x-request-id"));
        assertTrue(gateway.stub.requests().isEmpty());
    }

    @Test
    void refusalsOfTheLedgerHaveTheirStatus() throws Exception {
        Object[][] expected = {
            {Refusal.BUDGET_EXHAUSTED, 402, "budget_exhausted"},
            {Refusal.PRICE_UNKNOWN, 400, "model_price_unknown"},
            {Refusal.COST_UNBOUNDED, 400, "cost_unbounded"},
            {Refusal.RATE_LIMITED, 429, "rate_limit_exceeded"},
            {Refusal.RUN_NOT_ACTIVE, 403, "run_not_active"},
            {Refusal.LEDGER_UNAVAILABLE, 503, "llm_books_unavailable"},
            {Refusal.SHUTTING_DOWN, 503, "llm_shutting_down"},
        };
        for (Object[] row : expected) {
            gateway.ledger.admissions = request -> CompletableFuture.completedFuture(
                    new Admission.Refused((Refusal) row[0], "why", Duration.ofMillis(1500)));

            var answer = gateway.chat("m");

            assertEquals(row[1], answer.status());
            assertTrue(answer.text().contains("\"code\":\"" + row[2] + "\""), answer.text());
            assertTrue(answer.text().contains("\"message\":\"why\""), answer.text());
            assertEquals("false", answer.headers().get("x-should-retry"));
            assertEquals("1500", answer.headers().get("retry-after-ms"));
            assertEquals("2", answer.headers().get("retry-after"));
        }
    }

    @Test
    void answerWaitsForItsBooks() throws Exception {
        gateway.stub.on("m", exchange -> exchange.chat("yes", 1, 1));
        gateway.ledger.settlement = CompletableFuture.failedFuture(new IOException("the disk is full"));

        var answer = gateway.chat("m");

        assertEquals(503, answer.status());
        assertTrue(answer.text().contains("llm_books_unavailable"));
        assertFalse(answer.text().contains("yes"));
    }

    @Test
    void answerWithoutUsageIsBookedWithoutIt() throws Exception {
        gateway.stub.on("none", exchange -> exchange.json("{\"choices\":[]}"));
        gateway.stub.on("null", exchange -> exchange.json("{\"choices\":[],\"usage\":null}"));
        gateway.stub.on(
                "strings",
                exchange -> exchange.json("{\"usage\":{\"prompt_tokens\":\"5\",\"completion_tokens\":\"6\"}}"));
        gateway.stub.on(
                "negative", exchange -> exchange.json("{\"usage\":{\"prompt_tokens\":-5,\"completion_tokens\":6}}"));
        gateway.stub.on(
                "fraction", exchange -> exchange.json("{\"usage\":{\"prompt_tokens\":5.5,\"completion_tokens\":6}}"));

        gateway.chat("none");
        assertNull(completed().usage());
        gateway.chat("null");
        assertNull(completed().usage());
        gateway.chat("strings");
        assertFalse(Objects.requireNonNull(completed().usage()).isWellFormed());
        gateway.chat("negative");
        assertEquals(new Usage(-5, 0, 0, 6, 0, true), completed().usage());
        gateway.chat("fraction");
        assertFalse(Objects.requireNonNull(completed().usage()).isWellFormed());
    }

    @Test
    void successThatIsNoJsonIsAnError() throws Exception {
        gateway.stub.on("html", exchange -> exchange.answer(200, "text/html", "<html>welcome</html>"));
        gateway.stub.on("cut", exchange -> exchange.json("{\"choices\":["));
        gateway.stub.on("list", exchange -> exchange.json("[]"));
        gateway.stub.on("error", exchange -> exchange.json("{\"error\":{\"message\":\"no\"}}"));

        for (String model : List.of("html", "cut", "list", "error")) {
            var answer = gateway.chat(model);

            assertEquals(502, answer.status(), model);
            assertTrue(answer.text().contains("\"code\":\"upstream_"), answer.text());
            assertInstanceOf(CallEnd.Uncertain.class, gateway.ledger.end());
        }
    }

    @Test
    void answerOfFortyMegabytesIsRefusedAndOneOfTwentyIsNot() throws Exception {
        gateway.stub.on("40", exchange -> exchange.json("{\"x\":\"" + "y".repeat(40_000_000) + "\"}"));
        gateway.stub.on("20", exchange -> exchange.json("{\"x\":\"" + "y".repeat(20_000_000) + "\"}"));

        var large = gateway.chat("40");
        var fits = gateway.chat("20");

        assertEquals(502, large.status());
        assertTrue(large.text().contains("upstream_answer_too_large"));
        assertEquals(20_000_008, fits.body().length);
        assertInstanceOf(CallEnd.Uncertain.class, gateway.ledger.end());
        assertNotNull(completed());
    }

    @Test
    void answerOfFortyMegabytesThatAnnouncesNoLengthIsRefusedToo() throws Exception {
        byte[] rest = "y".repeat(40_000_000).getBytes(StandardCharsets.US_ASCII);
        gateway.stub.on(
                "40",
                exchange -> exchange.raw(
                                "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nConnection: close\r\n\r\n{\"x\":\"")
                        .raw(rest));

        var large = gateway.chat("40");

        assertEquals(502, large.status());
        assertTrue(large.text().contains("upstream_answer_too_large"));
        assertInstanceOf(CallEnd.Uncertain.class, gateway.ledger.end());
    }

    @Test
    void packedAnswerThatNobodyAskedForIsUnpacked() throws Exception {
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(packed)) {
            gzip.write("{\"usage\":{\"prompt_tokens\":5,\"completion_tokens\":6}}".getBytes(StandardCharsets.UTF_8));
        }
        gateway.stub.on(
                "gzip",
                exchange -> exchange.raw(
                                "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Encoding: gzip\r\nContent-Length: "
                                        + packed.size() + "\r\n\r\n")
                        .raw(packed.toByteArray()));
        gateway.stub.on(
                "odd", exchange -> exchange.answer(200, "application/json", "???", "Content-Encoding: compress-9000"));

        var answer = gateway.chat("gzip");
        var odd = gateway.chat("odd");

        assertEquals("{\"usage\":{\"prompt_tokens\":5,\"completion_tokens\":6}}", answer.text());
        assertFalse(answer.headers().containsKey("content-encoding"));
        assertEquals(502, odd.status());
        assertEquals(new Usage(5, 0, 0, 6, 0, true), completed().usage());
        gateway.ledger.end();
    }
}
