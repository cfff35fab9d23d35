package dev.datapipeline.outbound;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.datapipeline.memory.MemoryBudget;
import dev.datapipeline.outbound.wire.RelaySignal;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class OutboundServerTest {
    private static final long MEMORY = 64L * 1024 * 1024;

    @TempDir
    Path folder;

    private final List<OutboundRequest> served = new CopyOnWriteArrayList<>();
    private final List<AutoCloseable> open = new ArrayList<>();

    @AfterEach
    void close() throws Exception {
        for (AutoCloseable resource : open.reversed()) {
            resource.close();
        }
    }

    /** Answers with the body of the request. */
    private final OutboundService echo = new OutboundService() {
        @Override
        public void serve(OutboundCall call) {
            served.add(call.request());
            call.answer(new OutboundAnswer(
                    200, Map.of("x-echo", "yes"), call.request().body()));
        }

        @Override
        public void attempt(long firstRecord, long records) {}

        @Override
        public OutboundAnswer refusal(int status, String code, String message) {
            return new OutboundAnswer(status, Map.of(), code.getBytes(StandardCharsets.UTF_8));
        }
    };

    private interface Serving {
        void serve(OutboundCall call);
    }

    private OutboundService serving(Serving serving) {
        return new OutboundService() {
            @Override
            public void serve(OutboundCall call) {
                serving.serve(call);
            }

            @Override
            public void attempt(long firstRecord, long records) {}

            @Override
            public OutboundAnswer refusal(int status, String code, String message) {
                return echo.refusal(status, code, message);
            }
        };
    }

    private Path listen(OutboundConfig config, MemoryBudget memory, OutboundService service) throws IOException {
        OutboundServers servers = new OutboundServers(config, memory);
        open.add(servers);
        Path socket = folder.resolve("o.sock");
        open.add(servers.open(socket, TestAccess.to(service), new TestAccess()));
        return socket;
    }

    private Path listen(OutboundService service) throws IOException {
        return listen(OutboundSettings.usual(), new MemoryBudget(MEMORY, Duration.ZERO), service);
    }

    private SandboxClient client(Path socket) throws IOException {
        SandboxClient client = SandboxClient.connect(socket);
        open.add(client);
        return client;
    }

    private static void assertOrigin(long record, int stage, OutboundRequest request) {
        assertEquals(record, request.record());
        assertEquals(stage, request.stage());
    }

    @Test
    void servesRequestAndSaysWhoseItIs() throws IOException {
        Path socket = listen(echo);

        SandboxClient.Answer answer =
                SandboxClient.connect(socket, 41, 3).post("/x?y=1", "hello").answer();

        assertEquals(200, answer.status());
        assertEquals("hello", answer.text());
        assertEquals("close", answer.headers().get("connection"));
        assertEquals("yes", answer.headers().get("x-echo"));
        assertEquals(List.of(3), answer.signals());
        assertOrigin(41, 3, served.getFirst());
        assertEquals("/x?y=1", served.getFirst().target());
    }

    @Test
    void unknownRecordAndStageAreMinusOne() throws IOException {
        Path socket = listen(echo);

        SandboxClient.connect(socket, -1, -1).post("/", "").answer();
        SandboxClient.connect(socket, Long.MIN_VALUE, Short.MIN_VALUE)
                .post("/", "")
                .answer();

        assertOrigin(-1, -1, served.get(0));
        assertOrigin(-1, -1, served.get(1));
    }

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
    void requestMayComeByteByByte() throws IOException {
        Path socket = listen(echo);
        SandboxClient client = SandboxClient.silent(socket);
        String request = "\1\0\0\0\0\0\0\0\5\0\1POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 3\r\n\r\nabc";

        for (char sign : request.toCharArray()) {
            client.send(String.valueOf(sign));
        }

        assertEquals("abc", client.answer().text());
        assertOrigin(5, 1, served.getFirst());
    }

    @Test
    void bodyInChunksIsPutTogether() throws IOException {
        Path socket = listen(echo);

        SandboxClient.Answer answer = client(socket)
                .head("POST / HTTP/1.1", "Host: x", "Transfer-Encoding: chunked")
                .send("3\r\nabc\r\n4;x=y\r\ndefg\r\n0\r\nTrailer: z\r\n\r\n")
                .answer();

        assertEquals("abcdefg", answer.text());
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
    void clientThatWaitsToSendItsBodyIsToldToGoOn() throws IOException {
        Path socket = listen(echo);
        SandboxClient client =
                client(socket).head("POST / HTTP/1.1", "Host: x", "Content-Length: 3", "Expect: 100-continue");

        assertEquals(RelaySignal.CONTINUE.code(), client.receiveByte());

        assertEquals("abc", client.send("abc").answer().text());
    }

    @Test
    void headRequestIsAnsweredWithoutBody() throws IOException {
        Path socket = listen(serving(call -> call.answer(new OutboundAnswer(200, Map.of(), new byte[5]))));

        SandboxClient.Answer answer =
                client(socket).send("HEAD / HTTP/1.1\r\nHost: x\r\n\r\n").answer();

        assertEquals("5", answer.headers().get("content-length"));
        assertEquals(0, answer.body().length);
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
    void signalsComeBeforeTheAnswerAndOnlyWhereSomethingChanges() throws IOException {
        Path socket = listen(serving(call -> {
            call.wentUp();
            call.waits();
            call.waits();
            call.wentUp();
            call.answer(new OutboundAnswer(200, Map.of(), new byte[0]));
            call.waits();
        }));

        assertEquals(List.of(1, 2, 3), client(socket).post("/", "").answer().signals());
    }

    @Test
    void answerInPiecesIsWholeOnlyWithItsEnd() throws IOException {
        Path socket = listen(serving(call -> {
            call.begin(200, Map.of("content-type", "text/plain"));
            call.write("one ".getBytes(StandardCharsets.UTF_8));
            call.write("two".getBytes(StandardCharsets.UTF_8));
            if (call.request().target().equals("/whole")) {
                call.end();
            } else {
                call.cut();
            }
        }));

        SandboxClient.Answer whole = client(socket).post("/whole", "").answer();
        SandboxClient.Answer cut = client(socket).post("/cut", "").answer();

        assertEquals("one two", whole.text());
        assertTrue(whole.isWhole());
        assertEquals("one two", cut.text());
        assertFalse(cut.isWhole());
    }

    @Test
    void faultOfServiceIsAnswered() throws IOException {
        Path socket = listen(serving(call -> {
            throw new IllegalStateException("a fault of the test");
        }));

        assertEquals(500, client(socket).post("/", "").answer().status());
    }

    @Test
    void serviceIsToldThatItsClientHasGone() throws Exception {
        CountDownLatch begun = new CountDownLatch(1);
        CountDownLatch gone = new CountDownLatch(1);
        Path socket = listen(serving(call -> {
            call.onGone(gone::countDown);
            begun.countDown();
        }));
        SandboxClient client = client(socket).post("/", "");
        assertTrue(begun.await(10, TimeUnit.SECONDS));

        client.close();

        assertTrue(gone.await(10, TimeUnit.SECONDS));
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

    @Test
    void closingEndsConnectionsAndRemovesTheSocket() throws Exception {
        OutboundServers servers =
                new OutboundServers(OutboundSettings.usual(), new MemoryBudget(MEMORY, Duration.ZERO));
        open.add(servers);
        CountDownLatch begun = new CountDownLatch(1);
        Path socket = folder.resolve("c.sock");
        OutboundServer server =
                servers.open(socket, TestAccess.to(serving(call -> begun.countDown())), new TestAccess());
        SandboxClient client = client(socket).post("/", "");
        assertTrue(begun.await(10, TimeUnit.SECONDS));

        server.close();

        assertEquals(0, client.answer().status());
        assertFalse(Files.exists(socket));
    }

    private interface Amount {
        long now();
    }

    private static void awaitZero(Amount amount) {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(10);
        while (amount.now() != 0) {
            assertTrue(System.nanoTime() < deadline, "still taken: " + amount.now());
            Thread.onSpinWait();
        }
    }
}
