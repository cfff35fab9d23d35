package dev.datapipeline.outbound;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.datapipeline.memory.MemoryBudget;
import dev.datapipeline.testing.SettableTicker;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.UserPrincipal;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What the sandbox decides about connections to its socket, and what it learns from them. */
@Timeout(60)
class OutboundAccessTest {
    private static final OutboundAnswer ANSWER = new OutboundAnswer(200, Map.of(), new byte[0]);

    private final OutboundServers servers =
            new OutboundServers(OutboundSettings.usual(), new MemoryBudget(64L * 1024 * 1024, Duration.ZERO));
    private final BlockingQueue<OutboundCall> calls = new LinkedBlockingQueue<>();
    private final SettableTicker ticker = new SettableTicker();
    private final WaitingTime waiting = new WaitingTime(ticker);

    @TempDir
    Path folder;

    private Path socket = Path.of("");

    private final OutboundService service = new OutboundService() {
        @Override
        public void serve(OutboundCall call) {
            calls.add(call);
        }

        @Override
        public void attempt(long firstRecord, long records) {}

        @Override
        public OutboundAnswer refusal(int status, String code, String message) {
            return ANSWER;
        }
    };

    @BeforeEach
    void nameSocket() {
        socket = folder.resolve("outbound.sock");
    }

    @AfterEach
    void close() {
        servers.close();
    }

    private OutboundServer listen(OutboundClients clients) throws IOException {
        return servers.open(socket, new OutboundAccess(Map.of(), service, waiting), clients);
    }

    private OutboundCall nextCall() throws InterruptedException {
        OutboundCall call = calls.poll(10, TimeUnit.SECONDS);
        if (call == null) {
            throw new AssertionError("no call came");
        }
        return call;
    }

    /** Runs on the event loop of the call, and returns when it has run. */
    private static void onLoop(OutboundCall call, Runnable task) throws Exception {
        BlockingQueue<Boolean> done = new LinkedBlockingQueue<>();
        call.loop().execute(() -> {
            task.run();
            done.add(true);
        });
        assertEquals(true, done.poll(10, TimeUnit.SECONDS));
    }

    @Test
    void connectionOfAnotherUserIsClosedBeforeItIsServed() throws IOException {
        UserPrincipal own = Files.getOwner(folder);
        try (OutboundServer server = listen(new TestAccess() {
            @Override
            public boolean areOf(UserPrincipal user) {
                return !user.equals(own);
            }
        })) {
            SandboxClient.Answer answer =
                    SandboxClient.connect(socket).post("/", "").answer();

            assertEquals(0, answer.status());
            assertTrue(calls.isEmpty());
        }
    }

    @Test
    void tokenOfTheSandboxIsLookedAtOnce() throws Exception {
        List<UserPrincipal> asked = new CopyOnWriteArrayList<>();
        try (OutboundServer server = listen(new TestAccess() {
            @Override
            public boolean areOf(UserPrincipal user) {
                asked.add(user);
                return asked.size() != 2;
            }
        })) {
            byte[] token = "token of a relay".getBytes(US_ASCII);
            byte[] foreign = "another's token.".getBytes(US_ASCII);

            SandboxClient.connect(socket, token, 1, 0).post("/", "");
            assertEquals(1, nextCall().request().record());
            assertEquals(
                    0,
                    SandboxClient.connect(socket, foreign, 2, 0)
                            .post("/", "")
                            .answer()
                            .status());
            SandboxClient.connect(socket, token, 3, 0).post("/", "");
            assertEquals(3, nextCall().request().record());
            SandboxClient.connect(socket, foreign, 4, 0).post("/", "");
            assertEquals(4, nextCall().request().record());

            assertEquals(3, asked.size(), "a token that was rejected is looked at again, one that was believed is not");
        }
    }

    @Test
    void recordIsTheOneOfTheDataset() throws Exception {
        try (OutboundServer server = listen(new TestAccess() {
            @Override
            public long index(long record) {
                return 1_000 + record;
            }
        })) {
            SandboxClient.connect(socket, 7, 2).post("/", "");

            OutboundRequest request = nextCall().request();
            assertEquals(1_007, request.record());
            assertEquals(2, request.stage());
        }
    }

    @Test
    void waitingIsCountedOnceForAllCallsThatWaitTogether() throws Exception {
        try (OutboundServer server = listen(new TestAccess())) {
            SandboxClient.connect(socket).post("/", "");
            OutboundCall one = nextCall();
            SandboxClient.connect(socket).post("/", "");
            OutboundCall other = nextCall();

            onLoop(one, one::waits);
            ticker.advance(Duration.ofSeconds(3));
            onLoop(other, other::waits);
            onLoop(one, one::waits);
            ticker.advance(Duration.ofSeconds(4));
            assertEquals(Duration.ofSeconds(7), waiting.total());
            onLoop(one, one::wentUp);
            ticker.advance(Duration.ofSeconds(5));
            onLoop(other, () -> other.answer(ANSWER));
            ticker.advance(Duration.ofSeconds(6));

            assertEquals(Duration.ofSeconds(12), waiting.total());
        }
    }

    @Test
    void callWhoseClientIsGoneWaitsNoLonger() throws Exception {
        try (OutboundServer server = listen(new TestAccess());
                SandboxClient client = SandboxClient.connect(socket)) {
            client.post("/", "");
            OutboundCall call = nextCall();
            BlockingQueue<Boolean> gone = new LinkedBlockingQueue<>();
            onLoop(call, () -> {
                call.waits();
                call.onGone(() -> gone.add(true));
            });

            client.close();

            assertEquals(true, gone.poll(10, TimeUnit.SECONDS));
            ticker.advance(Duration.ofSeconds(9));
            assertEquals(Duration.ZERO, waiting.total());
        }
    }

    @Test
    void abortEndsConnectionsAtOnce() throws Exception {
        try (OutboundServer server = listen(new TestAccess());
                SandboxClient client = SandboxClient.connect(socket)) {
            client.post("/", "");
            nextCall();

            server.abort();

            assertEquals(0, client.answer().status());
        }
    }
}
