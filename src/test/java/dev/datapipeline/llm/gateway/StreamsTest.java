package dev.datapipeline.llm.gateway;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.datapipeline.llm.call.CallEnd;
import dev.datapipeline.llm.call.Settlement;
import dev.datapipeline.llm.call.Usage;
import dev.datapipeline.llm.stub.StubExchange;
import dev.datapipeline.outbound.SandboxClient;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

/** What a script gets of a stream. */
class StreamsTest extends StreamFixture {
    @Test
    void eventsGoDownByteForByteWithoutTheUsageThatOnlyWeAskedFor() throws Exception {
        gateway.stub.on(
                "m",
                exchange -> exchange.stream("x-request-id: r-3")
                        .token("tr")
                        .token("ue")
                        .finish()
                        .usage(12, 3)
                        .done()
                        .endOfChunks());

        var answer = gateway.chatStream("m");

        assertEquals(200, answer.status());
        assertTrue(answer.isWhole());
        assertEquals("text/event-stream", answer.headers().get("content-type"));
        assertEquals("r-3", answer.headers().get("x-request-id"));
        assertTrue(answer.text().contains("\"tr\""));
        assertFalse(answer.text().contains("usage"), answer.text());
        assertTrue(answer.text().endsWith("data: [DONE]\n\n"));
        CallEnd.Complete end = completed();
        assertEquals(new Usage(12, 0, 0, 3, 0, true), end.usage());
        assertEquals(
                answer.text(), new String(Objects.requireNonNull(end.answer()).body(), StandardCharsets.UTF_8));
        assertTrue(gateway.stub.requests().getFirst().text().contains("{\"stream_options\":{\"include_usage\":true},"));
    }

    @Test
    void usageThatTheScriptAskedForStays() throws Exception {
        gateway.stub.on(
                "m", exchange -> exchange.stream().finish().usage(12, 3).done().endOfChunks());
        String asked = "{\"model\":\"m\",\"stream\":true,\"stream_options\":{\"include_usage\":true},\"messages\":[]}";
        String declined =
                "{\"model\":\"m\",\"stream\":true,\"stream_options\":{\"include_usage\":false},\"messages\":[]}";
        String other =
                "{\"model\":\"m\",\"stream\":true,\"stream_options\":{\"include_obfuscation\":false},\"messages\":[]}";
        String nothing = "{\"model\":\"m\",\"stream\":true,\"stream_options\":null,\"messages\":[]}";

        assertTrue(gateway.post("/v1/chat/completions", asked).text().contains("usage"));
        gateway.post("/v1/chat/completions", declined);
        assertFalse(gateway.post("/v1/chat/completions", other).text().contains("usage"));
        gateway.post("/v1/chat/completions", nothing);

        assertEquals(asked, gateway.stub.requests().get(0).text());
        assertEquals(declined, gateway.stub.requests().get(1).text());
        assertEquals(
                other.replace("{\"include_ob", "{\"include_usage\":true,\"include_ob"),
                gateway.stub.requests().get(2).text());
        assertEquals(
                nothing.replace("null", "{\"include_usage\":true}"),
                gateway.stub.requests().get(3).text());
    }

    @Test
    void upstreamThatDoesNotKnowStreamOptionsIsAskedWithoutThem() throws Exception {
        gateway.stub.on("m", exchange -> {
            if (exchange.request().text().contains("stream_options")) {
                exchange.error(400, "unknown", "Unknown field stream_options");
            } else {
                exchange.stream().token("x").finish().done().endOfChunks();
            }
        });

        assertEquals(200, gateway.chatStream("m").status());
        assertEquals(200, gateway.chatStream("m").status());

        assertEquals(3, gateway.stub.requests().size());
        assertNull(completed().usage());
    }

    @Test
    void usageWithEveryEventCountsOnce() throws Exception {
        gateway.stub.on(
                "m",
                exchange -> exchange.stream()
                        .event("{\"choices\":[{\"delta\":{\"content\":\"a\"}}],\"usage\":" + StubExchange.usageOf(5, 1)
                                + "}")
                        .event("{\"choices\":[{\"delta\":{\"content\":\"b\"},\"finish_reason\":\"stop\"}],\"usage\":"
                                + StubExchange.usageOf(5, 2) + "}")
                        .done()
                        .endOfChunks());

        assertTrue(gateway.chatStream("m").text().contains("\"b\""));

        assertEquals(new Usage(5, 0, 0, 2, 0, true), completed().usage());
    }

    @Test
    void commentsAndEventsWithoutDataAreDropped() throws Exception {
        gateway.stub.on(
                "m",
                exchange -> exchange.stream()
                        .chunk(": OPENROUTER PROCESSING\n\n")
                        .chunk("id: 1\n" + ROLE + "\n\n")
                        .chunk(": ping\n\nretry: 3000\n\nevent: ping\ndata:\n\n")
                        .chunk(STOP + "\n\n")
                        .done()
                        .endOfChunks());

        assertEquals(
                "id: 1\n" + ROLE + "\n\n" + STOP + "\n\ndata: [DONE]\n\n",
                gateway.chatStream("m").text());
        completed();
    }

    @Test
    void linesMayEndAsTheyLikeAndPacketsMayCutAnywhere() throws Exception {
        String crlf = ROLE + "\r\n\r\n" + STOP + "\r\n\r\ndata:[DONE]\r\n\r\n";
        String utf8 = "data: {\"choices\":[{\"delta\":{\"content\":\"\u00e9\u4e16\ud83d\ude00\"}}]}\n\n" + STOP
                + "\n\ndata: [DONE]\n\n";
        String unended = ROLE + "\n\n" + STOP + "\n\ndata: [DONE]";
        for (String text : List.of(crlf, utf8, unended)) {
            gateway.stub.on("m", exchange -> {
                exchange.stream();
                for (byte sign : text.getBytes(StandardCharsets.UTF_8)) {
                    exchange.raw("1\r\n").raw(new byte[] {sign}).raw("\r\n");
                }
                exchange.endOfChunks();
            });

            var answer = gateway.chatStream("m");

            assertEquals(text, answer.text());
            assertTrue(answer.isWhole());
            completed();
        }
    }

    @Test
    void eventOfFiveMegabytesGoesThrough() throws Exception {
        gateway.stub.on(
                "m",
                exchange -> exchange.stream()
                        .token("x".repeat(5_000_000))
                        .finish()
                        .done()
                        .endOfChunks());

        var answer = gateway.chatStream("m");

        assertTrue(answer.isWhole());
        assertTrue(answer.body().length > 5_000_000);
        completed();
    }

    @Test
    void firstEventGoesDownBeforeTheLastOneIsThere() throws Exception {
        CountDownLatch seen = new CountDownLatch(1);
        gateway.stub.on("m", exchange -> {
            exchange.stream().token("first");
            seen.await();
            exchange.finish().done().endOfChunks();
        });
        SandboxClient client = begin("m");

        client.receiveUntil("first");
        seen.countDown();

        client.receiveUntil("[DONE]");
        completed();
    }

    @Test
    void lastEventWaitsForTheBooks() throws Exception {
        CompletableFuture<Settlement> books = new CompletableFuture<>();
        gateway.ledger.settlement = books;
        gateway.stub.on(
                "m",
                exchange ->
                        exchange.stream().token("x").finish().usage(1, 1).done().endOfChunks());
        SandboxClient client = begin("m");
        client.receiveUntil("stop");
        completed();

        books.completeExceptionally(new IOException("the disk is full"));

        String rest = remaining(client);
        assertFalse(rest.contains("[DONE]"), rest);
        assertFalse(rest.contains("0\r\n\r\n"), rest);
    }

    @Test
    void streamWithFinishAndWithoutDoneIsWhole() throws Exception {
        gateway.stub.on("m", exchange -> exchange.stream().token("x").finish().endOfChunks());

        assertTrue(gateway.chatStream("m").isWhole());
        completed();
    }

    @Test
    void responsesStreamEndsWithItsTerminalEvent() throws Exception {
        String body = "{\"model\":\"m\",\"stream\":true,\"input\":\"hello\"}";
        gateway.stub.on(
                "m",
                exchange -> exchange.stream()
                        .chunk(
                                "event: response.output_text.delta\ndata: {\"type\":\"response.output_text.delta\",\"delta\":\"hey\"}\n\n")
                        .chunk(
                                "event: response.completed\ndata: {\"type\":\"response.completed\",\"response\":{\"model\":\"m-1\","
                                        + "\"service_tier\":\"default\",\"error\":null,\"usage\":{\"input_tokens\":7,\"output_tokens\":2,"
                                        + "\"input_tokens_details\":{\"cached_tokens\":1},\"output_tokens_details\":{\"reasoning_tokens\":1}}}}\n\n")
                        .endOfChunks());

        var answer = gateway.post("/v1/responses", body);

        assertTrue(answer.isWhole());
        assertTrue(answer.text().contains("event: response.completed"));
        CallEnd.Complete end = completed();
        assertEquals(new Usage(7, 1, 0, 2, 1, true), end.usage());
        assertEquals("m-1", end.servedModel());
        assertEquals(body, gateway.stub.requests().getFirst().text());
    }
}
