package dev.datapipeline.llm.gateway;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.datapipeline.llm.call.CallEnd;
import dev.datapipeline.outbound.SandboxClient;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/** Streams that break, are left by their client, or are cut. */
class EndedStreamsTest extends StreamFixture {
    @Test
    void streamThatBreaksEndsWithAnErrorAndWithoutAnEnd() throws Exception {
        gateway.stub.on(
                "in-chunk",
                exchange -> exchange.stream().token("half").raw("50\r\ndata: {").close());
        gateway.stub.on("between", exchange -> exchange.stream().token("half").close());
        gateway.stub.on("clean", exchange -> exchange.stream().token("half").endOfChunks());
        gateway.stub.on(
                "no-json",
                exchange -> exchange.stream().token("half").event("oops").endOfChunks());
        gateway.stub.on(
                "error",
                exchange -> exchange.stream()
                        .token("half")
                        .event("{\"error\":{\"message\":\"overloaded\"}}")
                        .endOfChunks());

        for (String model : List.of("in-chunk", "between", "clean", "no-json", "error")) {
            var answer = gateway.chatStream(model);

            assertEquals(200, answer.status(), model);
            assertTrue(answer.text().contains("half"), model);
            assertTrue(answer.text().contains("data: {\"error\":{\"message\":"), answer.text());
            assertFalse(answer.text().contains("[DONE]"), model);
            assertFalse(answer.isWhole(), model);
            CallEnd.CutStream end = assertInstanceOf(CallEnd.CutStream.class, gateway.ledger.end(), model);
            assertEquals(4, end.textBytes());
            assertEquals(1, end.events());
            assertFalse(end.byClient());
        }
    }

    @Test
    void streamThatBreaksBeforeItsFirstEventIsTriedAgain() throws Exception {
        AtomicLong tries = new AtomicLong();
        gateway.stub.on("m", exchange -> {
            exchange.stream();
            if (tries.incrementAndGet() == 1) {
                exchange.close();
                return;
            }
            exchange.token("x").finish().done().endOfChunks();
        });

        assertTrue(gateway.chatStream("m").isWhole());

        assertInstanceOf(CallEnd.Uncertain.class, gateway.ledger.retries.take());
        completed();
    }

    @Test
    void clientThatLeavesResetsTheUpstreamAtOnce() throws Exception {
        gateway.stub.on("before", exchange -> exchange.hang());
        gateway.stub.on("within", exchange -> exchange.stream().token("x").hang());
        gateway.stub.on("whole", exchange -> exchange.hang());

        SandboxClient within = begin("within");
        within.receiveUntil("data: ");
        assertTrue(resetAfter(within) < 1000);
        assertTrue(((CallEnd.CutStream) gateway.ledger.end()).byClient());

        for (String model : List.of("before", "whole")) {
            SandboxClient client = model.equals("before")
                    ? begin(model)
                    : gateway.client(gateway.socket(GatewayHarness.scope()))
                            .post("/v1/chat/completions", GatewayHarness.body(model));
            awaitRequests(gateway.stub.requests().size() + 1);
            assertTrue(resetAfter(client) < 1000);
            assertInstanceOf(CallEnd.Uncertain.class, gateway.ledger.end());
        }
    }

    /** The bound of the specification is 100 ms; a machine under load may take longer. */
    private long resetAfter(SandboxClient client) throws Exception {
        long left = System.nanoTime();
        client.close();
        long took = TimeUnit.NANOSECONDS.toMillis(gateway.stub.reset().at() - left);
        return took;
    }

    private void awaitRequests(int count) {
        while (gateway.stub.requests().size() < count) {
            Thread.onSpinWait();
        }
    }

    @Test
    void clientThatLeavesWhileItWaitsIsTakenOutOfTheQueue() throws Exception {
        gateway.ledger.admissions = request -> new CompletableFuture<>();
        SandboxClient client = begin("m");
        assertEquals(1, client.receiveByte());

        client.close();

        while (gateway.ledger.withdrawn.get() == 0) {
            Thread.onSpinWait();
        }
        assertTrue(gateway.stub.requests().isEmpty());
    }

    @Test
    void grantThatComesAfterTheClientLeftIsGivenBack() throws Exception {
        CompletableFuture<dev.datapipeline.llm.call.Admission> turn = new CompletableFuture<>();
        gateway.ledger.admissions = request -> turn;
        SandboxClient client = begin("m");
        assertEquals(1, client.receiveByte());
        client.close();
        while (gateway.ledger.withdrawn.get() == 0) {
            Thread.onSpinWait();
        }

        turn.complete(gateway.ledger.grant());

        assertEquals(CallEnd.Unbilled.Cause.WITHDRAWN, ((CallEnd.Unbilled) gateway.ledger.end()).cause());
        assertTrue(gateway.stub.requests().isEmpty());
    }

    @Test
    void streamThatNeverEndsIsCut() throws Exception {
        gateway.stub.on("m", exchange -> {
            exchange.stream();
            while (true) {
                exchange.token("y".repeat(10_000));
            }
        });

        var answer = gateway.chatStream("m");

        assertFalse(answer.isWhole());
        assertTrue(answer.text().contains("upstream_stream_too_large"));
        assertTrue(answer.body().length < 40_000_000);
        gateway.stub.reset();
        gateway.ledger.end();
    }

    @Test
    void streamThatIsLongerThanItMayBeIsCut() throws Exception {
        gateway.stub.on("m", exchange -> {
            exchange.stream();
            while (true) {
                exchange.token("y");
            }
        });
        Path socket = gateway.socket(GatewayHarness.scope(List.of(), 10, Set.of()));

        var answer = gateway.client(socket)
                .post("/v1/chat/completions", GatewayHarness.streamBody("m"))
                .answer();

        assertFalse(answer.isWhole());
        CallEnd.CutStream end = (CallEnd.CutStream) gateway.ledger.end();
        assertTrue(end.events() < 5000, "events: " + end.events());
    }

    @Test
    void readerThatStopsStopsTheUpstream() throws Exception {
        AtomicLong sent = new AtomicLong();
        gateway.stub.on("m", exchange -> {
            exchange.stream();
            for (int token = 0; token < 2000; token++) {
                exchange.token("y".repeat(10_000));
                sent.addAndGet(10_000);
            }
            exchange.finish().done().endOfChunks();
        });
        SandboxClient client = begin("m");
        client.receiveUntil("data: ");

        long before = -1;
        while (before != sent.get()) {
            before = sent.get();
            Thread.sleep(Duration.ofMillis(300));
        }

        assertTrue(before < 18_000_000, "sent to a reader that stopped: " + before);
        assertTrue(gateway.memory.taken() < 30_000_000);
        assertTrue(remaining(client).endsWith("0\r\n\r\n"));
        completed();
        assertEquals(20_000_000, sent.get());
    }
}
