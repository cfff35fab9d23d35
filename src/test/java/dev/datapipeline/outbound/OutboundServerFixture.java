package dev.datapipeline.outbound;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.datapipeline.memory.MemoryBudget;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A server of outbound requests on a socket, and its clients. */
@Timeout(60)
abstract class OutboundServerFixture {
    static final long MEMORY = 64L * 1024 * 1024;

    @TempDir
    Path folder;

    final List<OutboundRequest> served = new CopyOnWriteArrayList<>();
    final List<AutoCloseable> open = new ArrayList<>();

    @AfterEach
    void close() throws Exception {
        for (AutoCloseable resource : open.reversed()) {
            resource.close();
        }
    }

    /** Answers with the body of the request. */
    final OutboundService echo = new OutboundService() {
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

    interface Serving {
        void serve(OutboundCall call);
    }

    OutboundService serving(Serving serving) {
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

    Path listen(OutboundConfig config, MemoryBudget memory, OutboundService service) throws IOException {
        OutboundServers servers = new OutboundServers(config, memory);
        open.add(servers);
        Path socket = folder.resolve("o.sock");
        open.add(servers.open(socket, TestAccess.to(service), new TestAccess()));
        return socket;
    }

    Path listen(OutboundService service) throws IOException {
        return listen(OutboundSettings.usual(), new MemoryBudget(MEMORY, Duration.ZERO), service);
    }

    SandboxClient client(Path socket) throws IOException {
        SandboxClient client = SandboxClient.connect(socket);
        open.add(client);
        return client;
    }

    static void assertOrigin(long record, int stage, OutboundRequest request) {
        assertEquals(record, request.record());
        assertEquals(stage, request.stage());
    }

    interface Amount {
        long now();
    }

    static void awaitZero(Amount amount) {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(10);
        while (amount.now() != 0) {
            assertTrue(System.nanoTime() < deadline, "still taken: " + amount.now());
            Thread.onSpinWait();
        }
    }
}
