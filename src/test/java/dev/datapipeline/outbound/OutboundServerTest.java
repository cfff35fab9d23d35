package dev.datapipeline.outbound;

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
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** Requests that are served, and their answers. */
class OutboundServerTest extends OutboundServerFixture {
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
    void requestMayComeByteByByte() throws IOException {
        Path socket = listen(echo);
        SandboxClient client = SandboxClient.silent(socket);
        String request =
                "\2token of a relay\0\0\0\0\0\0\0\5\0\1POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 3\r\n\r\nabc";

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
}
