package dev.datapipeline.outbound;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.datapipeline.memory.MemoryBudget;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Requests that are refused, bounded or cut off. */
class OutboundRefusalsTest extends OutboundServerFixture {
    @Test
    void preambleOfAnotherVersionEndsTheConnection() throws IOException {
        Path socket = listen(echo);

        SandboxClient.Answer answer = SandboxClient.silent(socket)
                .send("GET / HTTP/1.1\r\nHost: x\r\n\r\n")
                .answer();

        assertEquals(0, answer.status());
        assertTrue(served.isEmpty());
    }

    @Test
    void secondRequestOnConnectionIsNeverServed() throws IOException {
        Path socket = listen(echo);
        String two = "GET /1 HTTP/1.1\r\nHost: x\r\n\r\nGET /2 HTTP/1.1\r\nHost: x\r\n\r\n";

        SandboxClient.Answer answer = client(socket).send(two).answer();

        assertEquals(200, answer.status());
        assertTrue(answer.isWhole());
        assertEquals(List.of("/1"), served.stream().map(OutboundRequest::target).toList());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 4\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
                "POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\nContent-Length: 4\r\n\r\n0\r\n\r\n",
                "POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 4\r\nContent-Length: 5\r\n\r\nabcde",
                "POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 4\r\nContent-Length: 4\r\n\r\nabcd",
                "POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 4, 4\r\n\r\nabcd",
                "POST / HTTP/1.1\r\nHost: x\r\nContent-Length: +4\r\n\r\nabcd",
                "POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 0x4\r\n\r\nabcd",
                "POST / HTTP/1.1\r\nHost: x\r\nContent-Length: -1\r\n\r\n",
                "POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: gzip, chunked\r\n\r\n0\r\n\r\n",
                "POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: identity\r\n\r\n",
                "POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\nTransfer-Encoding: identity\r\n\r\n0\r\n\r\n",
                "POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: \u000bchunked\r\n\r\n0\r\n\r\n",
                "POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding : chunked\r\n\r\n0\r\n\r\n",
                "POST / HTTP/1.1\r\nHost: x\r\nX: y\r\n Transfer-Encoding: chunked\r\nContent-Length: 4\u0000\r\n\r\nabcd",
                "POST / HTTP/1.1\nHost: x\nContent-Length: 4\n\nabcd",
                "POST / HTTP/1.1\r\nHost: x\r\nHost: y\r\nContent-Length: 0\r\n\r\n",
                "POST / HTTP/1.1\r\nContent-Length: 0\r\n\r\n",
                "POST http://y/ HTTP/1.1\r\nHost: x\r\nContent-Length: 0\r\n\r\n",
                "CONNECT x:443 HTTP/1.1\r\nHost: x\r\n\r\n",
                "POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n-1\r\nabc\r\n0\r\n\r\n",
                "POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\nabc\r\n0\r\n\r\n",
                "GET / HTTP/1.1\r\nHost: x\r\nConnection: upgrade\r\nUpgrade: websocket\r\n\r\n",
                "nonsense\r\n\r\n",
            })
    void requestThatReadersUnderstandInTwoWaysIsRefused(String request) throws IOException {
        Path socket = listen(echo);

        SandboxClient.Answer answer = client(socket).send(request).answer();

        assertEquals(400, answer.status(), request);
        assertEquals("close", answer.headers().get("connection"));
        assertTrue(served.isEmpty());
    }

    @Test
    void otherVersionOfHttpIsRefused() throws IOException {
        Path socket = listen(echo);

        assertEquals(
                505,
                client(socket)
                        .send("GET / HTTP/1.0\r\nHost: x\r\n\r\n")
                        .answer()
                        .status());
        assertEquals(
                505,
                client(socket)
                        .send("PRI * HTTP/2.0\r\nHost: x\r\n\r\nSM\r\n\r\n")
                        .answer()
                        .status());
    }

    @Test
    void headIsBounded() throws IOException {
        Path socket = listen(echo);
        String many = "X: " + "y".repeat(1000) + "\r\n";

        SandboxClient.Answer headers = client(socket)
                .send("GET / HTTP/1.1\r\nHost: x\r\n" + many.repeat(40) + "\r\n")
                .answer();
        SandboxClient.Answer line = client(socket)
                .send("GET /" + "y".repeat(9000) + " HTTP/1.1\r\nHost: x\r\n\r\n")
                .answer();
        SandboxClient.Answer fits = client(socket)
                .send("GET / HTTP/1.1\r\nHost: x\r\n" + many.repeat(30) + "\r\n")
                .answer();

        assertEquals(431, headers.status());
        assertEquals(414, line.status());
        assertEquals(200, fits.status());
    }

    @Test
    void bodyIsBoundedHoweverItsLengthIsTold() throws IOException {
        Path socket =
                listen(OutboundSettings.usual().withMaxBody(100_000), new MemoryBudget(MEMORY, Duration.ZERO), echo);
        byte[] most = new byte[100_000];
        String chunk = "4000\r\n" + "x".repeat(0x4000) + "\r\n";

        SandboxClient.Answer told = client(socket)
                .head("POST / HTTP/1.1", "Host: x", "Content-Length: 100001")
                .send(new byte[100_001])
                .answer();
        SandboxClient.Answer chunked = client(socket)
                .head("POST / HTTP/1.1", "Host: x", "Transfer-Encoding: chunked")
                .send(chunk.repeat(20) + "0\r\n\r\n")
                .answer();
        SandboxClient.Answer fits = client(socket)
                .head("POST / HTTP/1.1", "Host: x", "Content-Length: 100000")
                .send(most)
                .answer();

        assertEquals(413, told.status());
        assertEquals(413, chunked.status());
        assertArrayEquals(most, fits.body());
    }

    @Test
    void compressedBodyAndUnknownExpectationAreRefused() throws IOException {
        Path socket = listen(echo);

        assertEquals(
                415,
                client(socket).post("/", "x", "Content-Encoding: gzip").answer().status());
        assertEquals(
                417, client(socket).post("/", "x", "Expect: miracles").answer().status());
    }

    @Test
    void slowHeadAndSlowBodyEnd() throws IOException {
        Duration soon = Duration.ofMillis(200);
        Path socket = listen(
                OutboundSettings.usual().withTimeouts(soon, soon, soon), new MemoryBudget(MEMORY, Duration.ZERO), echo);

        SandboxClient.Answer nothing = SandboxClient.silent(socket).answer();
        SandboxClient.Answer head = client(socket).send("GET / HTTP/1.1\r\nHo").answer();
        SandboxClient.Answer body = client(socket)
                .head("POST / HTTP/1.1", "Host: x", "Content-Length: 9")
                .send("abc")
                .answer();

        assertEquals(0, nothing.status());
        assertEquals(0, head.status());
        assertEquals(408, body.status());
        assertTrue(served.isEmpty());
    }

    @Test
    void bodyWithoutMemoryIsRefusedAndAnotherSandboxKeepsItsOwn() throws IOException {
        MemoryBudget memory = new MemoryBudget(1_000_000, Duration.ZERO);
        Duration soon = Duration.ofMillis(300);
        Path socket = listen(OutboundSettings.usual().withTimeouts(Duration.ofSeconds(5), soon, soon), memory, echo);

        try (var taken = memory.tryTake(990_000).orElseThrow()) {
            SandboxClient.Answer refused =
                    client(socket).post("/", "x".repeat(500_000)).answer();

            assertEquals(503, refused.status());
            assertEquals("memory_unavailable", refused.text());
        }
        assertEquals(200, client(socket).post("/", "x".repeat(500_000)).answer().status());
        awaitZero(memory::taken);
    }

    @Test
    void moreConnectionsThanMayBeOpenWaitForTheirTurn() throws Exception {
        AtomicInteger now = new AtomicInteger();
        AtomicInteger most = new AtomicInteger();
        Path socket = listen(serving(call -> {
            most.accumulateAndGet(now.incrementAndGet(), Math::max);
            call.after(Duration.ofMillis(5), () -> {
                now.decrementAndGet();
                call.answer(new OutboundAnswer(200, Map.of(), call.request().body()));
            });
        }));

        try (var callers = Executors.newFixedThreadPool(1000)) {
            List<Future<Integer>> answers = new ArrayList<>();
            for (int caller = 0; caller < 1000; caller++) {
                answers.add(callers.submit(() -> {
                    try (SandboxClient client = SandboxClient.connect(socket)) {
                        return client.post("/", "x").answer().status();
                    }
                }));
            }
            for (Future<Integer> answer : answers) {
                assertEquals(200, answer.get());
            }
        }

        assertTrue(most.get() <= 64, "open at one time: " + most.get());
    }

    @Test
    void readerThatStopsIsWrittenNoMoreThanFits() throws Exception {
        AtomicLong written = new AtomicLong();
        CompletableFuture<OutboundCall> full = new CompletableFuture<>();
        byte[] piece = new byte[16 * 1024];
        int pieces = 2000;
        Path socket = listen(serving(call -> {
            call.begin(200, Map.of());
            Runnable more = () -> {
                while (call.isWritable() && written.get() < (long) pieces * piece.length) {
                    call.write(piece);
                    written.addAndGet(piece.length);
                }
                if (!call.isWritable()) {
                    full.complete(call);
                } else {
                    call.end();
                }
            };
            call.onWritable(more);
            more.run();
        }));
        SandboxClient client = client(socket).post("/", "");

        full.get(10, TimeUnit.SECONDS);

        assertTrue(written.get() < 2_000_000, "written without a reader: " + written.get());
        SandboxClient.Answer answer = client.answer();
        assertTrue(answer.isWhole());
        assertEquals(pieces * piece.length, answer.body().length);
    }

    @Test
    void readerThatStopsForTooLongIsCutOff() throws Exception {
        CountDownLatch gone = new CountDownLatch(1);
        Duration soon = Duration.ofMillis(100);
        Path socket = listen(
                OutboundSettings.usual().withTimeouts(Duration.ofSeconds(5), Duration.ofSeconds(5), soon),
                new MemoryBudget(MEMORY, Duration.ZERO),
                serving(call -> {
                    call.onGone(gone::countDown);
                    call.begin(200, Map.of());
                    call.write(new byte[4 * 1024 * 1024]);
                }));
        client(socket).post("/", "");

        assertTrue(gone.await(10, TimeUnit.SECONDS));
    }
}
