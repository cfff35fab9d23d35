package dev.datapipeline.sandbox.docker.container;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.datapipeline.outbound.OutboundAccess;
import dev.datapipeline.outbound.OutboundAnswer;
import dev.datapipeline.outbound.OutboundCall;
import dev.datapipeline.outbound.OutboundRequest;
import dev.datapipeline.outbound.OutboundService;
import dev.datapipeline.outbound.SandboxClient;
import dev.datapipeline.outbound.WaitingTime;
import dev.datapipeline.sandbox.PoolSettings;
import dev.datapipeline.sandbox.SandboxLease;
import dev.datapipeline.sandbox.engine.BatchExchange;
import dev.datapipeline.sandbox.engine.BatchSummary;
import dev.datapipeline.sandbox.engine.Batches;
import dev.datapipeline.sandbox.engine.SandboxFailureException;
import dev.datapipeline.sandbox.engine.pipeline.EnginePipeline;
import dev.datapipeline.sandbox.pool.SandboxPool;
import dev.datapipeline.time.Ticker;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Scripts in real containers call a service that the test plays. */
@Timeout(120)
class OutboundCallsTest {
    private static final String CALL = """
            import os, urllib.request
            def transform(record):
                request = urllib.request.Request(os.environ['ADDRESS'] + '/echo', data=str(record['n']).encode())
                with urllib.request.urlopen(request) as answer:
                    return {'said': answer.read().decode()}
            """;

    private final Batches.Kept output = new Batches.Kept();
    private final List<OutboundRequest> served = new CopyOnWriteArrayList<>();
    private final CountDownLatch begun = new CountDownLatch(1);
    private final CountDownLatch gone = new CountDownLatch(1);

    @TempDir
    Path folder;

    private RealSandboxes sandboxes;
    private SandboxPool pool;

    /** Answers with the body of the request, or never. */
    private final class Echo implements OutboundService {
        private final boolean answers;

        Echo(boolean answers) {
            this.answers = answers;
        }

        @Override
        public void serve(OutboundCall call) {
            served.add(call.request());
            if (answers) {
                call.answer(new OutboundAnswer(200, Map.of(), call.request().body()));
            } else {
                call.onGone(gone::countDown);
                begun.countDown();
            }
        }

        @Override
        public void attempt(long firstRecord, long records) {}

        @Override
        public OutboundAnswer refusal(int status, String code, String message) {
            return new OutboundAnswer(status, Map.of(), new byte[0]);
        }
    }

    @BeforeEach
    void open() throws Exception {
        Map<String, String> settings = Map.of(
                "datapipeline.sandbox.warm",
                "0",
                "datapipeline.sandbox.socket-directory",
                folder.resolve("s").toString());
        sandboxes = new RealSandboxes(folder, settings);
        pool = new SandboxPool(
                sandboxes.launcher(), PoolSettings.of(RealSandboxes.config(folder, settings)), Ticker.system());
        pool.open();
    }

    @AfterEach
    void close() throws Exception {
        pool.close();
        sandboxes.sweeper().sweep();
        sandboxes.close();
    }

    private EnginePipeline calling(boolean isAnswered) {
        Map<String, String> environment = Map.of("ADDRESS", "http://127.0.0.1:" + OutboundAccess.PORT);
        return Batches.pipeline(Duration.ofSeconds(60), CALL)
                .withOutbound(new OutboundAccess(environment, new Echo(isAnswered), new WaitingTime(Ticker.system())));
    }

    private SandboxLease lease(EnginePipeline pipeline) throws Exception {
        return pool.lease(RealSandboxes.request(UUID.randomUUID(), pipeline));
    }

    private Path socket() throws IOException {
        try (Stream<Path> files = Files.walk(folder.resolve("s"))) {
            return files.filter(file -> file.endsWith("outbound.sock"))
                    .findAny()
                    .orElseThrow();
        }
    }

    private CompletableFuture<BatchSummary> runAside(SandboxLease sandbox) {
        CompletableFuture<BatchSummary> batch = new CompletableFuture<>();
        Thread.ofPlatform().daemon().start(() -> {
            try {
                batch.complete(sandbox.run(new BatchExchange(Batches.numbered(1), output)));
            } catch (Exception failure) {
                batch.completeExceptionally(failure);
            }
        });
        return batch;
    }

    @Test
    void scriptsReachTheServiceInEveryBatchOfTheirSandbox() throws Exception {
        try (SandboxLease sandbox = lease(calling(true))) {
            sandbox.run(new BatchExchange(Batches.numbered(3), output));
            sandbox.run(new BatchExchange(Batches.numbered(2), output));
        }

        assertEquals(
                List.of("0", "1", "2", "0", "1"),
                output.values().stream()
                        .map(value -> value.replaceAll("\\D", ""))
                        .toList());
        assertEquals(
                List.of(0L, 1L, 2L, 0L, 1L),
                served.stream().map(OutboundRequest::record).toList());
        assertEquals(
                List.of(0, 0, 0, 0, 0),
                served.stream().map(OutboundRequest::stage).toList());
    }

    @Test
    void callEndsWithItsSandbox() throws Exception {
        try (SandboxLease sandbox = lease(calling(false))) {
            CompletableFuture<BatchSummary> batch = runAside(sandbox);
            assertTrue(begun.await(60, TimeUnit.SECONDS));

            sandbox.abort();

            assertTrue(gone.await(2, TimeUnit.SECONDS));
            ExecutionException failed = assertThrows(ExecutionException.class, batch::get);
            assertTrue(failed.getCause() instanceof SandboxFailureException);
        }
    }

    @Test
    void callEndsWhenItsContainerIsKilled() throws Exception {
        try (SandboxLease sandbox = lease(calling(false))) {
            CompletableFuture<BatchSummary> batch = runAside(sandbox);
            assertTrue(begun.await(60, TimeUnit.SECONDS));

            sandboxes.docker().remove(sandboxes.container(sandbox.id()));

            assertTrue(gone.await(2, TimeUnit.SECONDS));
            assertThrows(ExecutionException.class, batch::get);
        }
    }

    @Test
    void processesOutsideOfTheSandboxAreNotServed() throws Exception {
        try (SandboxLease sandbox = lease(calling(true))) {
            SandboxClient.Answer answer =
                    SandboxClient.connect(socket()).post("/echo", "1").answer();

            assertEquals(0, answer.status(), sandbox.id());
            assertEquals(List.of(), served);
        }
    }

    @Test
    void sandboxWithoutAWayOutHasNoSocketAndNoListener() throws Exception {
        EnginePipeline pipeline = Batches.pipeline("""
                import socket
                def transform(record):
                    try:
                        socket.create_connection(('127.0.0.1', 11411)).close()
                    except ConnectionRefusedError:
                        return {'is': 'refused'}
                """);
        try (SandboxLease sandbox = lease(pipeline);
                Stream<Path> files = Files.walk(folder.resolve("s"))) {
            sandbox.run(new BatchExchange(Batches.numbered(1), output));

            assertTrue(files.noneMatch(file -> file.endsWith("outbound.sock")));
        }
        assertTrue(
                output.values().getFirst().contains("refused"), output.values().toString());
    }
}
