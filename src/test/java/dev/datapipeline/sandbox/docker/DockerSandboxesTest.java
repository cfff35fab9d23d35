package dev.datapipeline.sandbox.docker;

import static dev.datapipeline.testing.Eventually.eventually;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.datapipeline.dataset.RecordLines;
import dev.datapipeline.result.ResultReader;
import dev.datapipeline.sandbox.PoolSettings;
import dev.datapipeline.sandbox.SandboxLease;
import dev.datapipeline.sandbox.SandboxOwner;
import dev.datapipeline.sandbox.docker.container.ContainerLabels;
import dev.datapipeline.sandbox.docker.container.RealSandboxes;
import dev.datapipeline.sandbox.docker.socket.SandboxUsers;
import dev.datapipeline.sandbox.engine.BatchExchange;
import dev.datapipeline.sandbox.engine.BatchInput;
import dev.datapipeline.sandbox.engine.BatchSummary;
import dev.datapipeline.sandbox.engine.Batches;
import dev.datapipeline.sandbox.engine.SandboxFailure;
import dev.datapipeline.sandbox.engine.SandboxFailureException;
import dev.datapipeline.sandbox.engine.ScriptProblem;
import dev.datapipeline.sandbox.engine.pipeline.EnginePipeline;
import dev.datapipeline.sandbox.engine.pipeline.PipelineRefusedException;
import dev.datapipeline.sandbox.image.BaseImages;
import dev.datapipeline.sandbox.pool.SandboxPool;
import dev.datapipeline.storage.MemoryBlob;
import dev.datapipeline.time.Ticker;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Batches in real containers, and what happens when those come to harm. */
@Timeout(120)
class DockerSandboxesTest {
    private static final Map<String, String> SETTINGS = Map.of(
            "datapipeline.sandbox.warm", "1",
            "datapipeline.sandbox.limits.memory", "64M",
            "datapipeline.sandbox.limits.temporary-files", "16M");

    private final UUID run = UUID.randomUUID();
    private final Batches.Kept output = new Batches.Kept();
    private RealSandboxes sandboxes;
    private SandboxPool pool;

    @BeforeEach
    void open(@TempDir Path folder) throws Exception {
        sandboxes = new RealSandboxes(folder, SETTINGS);
        pool = new SandboxPool(
                sandboxes.launcher(), PoolSettings.of(RealSandboxes.config(folder, SETTINGS)), Ticker.system());
        pool.open();
    }

    @AfterEach
    void close() throws Exception {
        pool.close();
        sandboxes.sweeper().sweep();
        int left = sandboxes.containers();
        sandboxes.close();
        assertEquals(0, left, "containers left by the pool");
    }

    @Test
    void recordsGoThroughEveryStage() throws Exception {
        BatchSummary summary = run(
                Batches.pipeline(
                        "def transform(record):\n    record['n'] *= 2\n    print('seen', record['n'])\n    return record",
                        "def transform(record):\n    return {'is': record}"),
                Batches.numbered(3));

        assertEquals(new BatchSummary(3, 3, 0, 0), summary);
        assertEquals(6, output.values().size());
        assertEquals("{\"is\":{\"n\":4}}", output.values().getLast().replace(" ", ""));
        assertTrue(output.log().contains("seen 4"), output.log());
    }

    @Test
    void everySandboxHasAUserOfItsOwnThatItsContainerNames() throws Exception {
        EnginePipeline pipeline = Batches.pipeline("import os\ndef transform(record): return {'user': os.getuid()}");
        try (SandboxLease one = pool.lease(RealSandboxes.request(run, pipeline));
                SandboxLease another = pool.lease(RealSandboxes.request(UUID.randomUUID(), pipeline))) {
            one.run(new BatchExchange(Batches.numbered(1), output));
            another.run(new BatchExchange(Batches.numbered(1), output));

            List<String> told = List.of(user(one), user(another));
            assertNotEquals(told.getFirst(), told.getLast());
            assertEquals(
                    told,
                    output.values().stream()
                            .map(value -> value.replaceAll("\\D", ""))
                            .toList());
        }
    }

    private String user(SandboxLease sandbox) throws Exception {
        Map<String, String> labels = sandboxes
                .docker()
                .list(Map.of(ContainerLabels.SANDBOX, sandbox.id()))
                .getFirst()
                .getLabels();
        return labels.getOrDefault(SandboxUsers.LABEL, "none");
    }

    @Test
    void longRecordsAreToldAsChangesAndReadAsTheyAre() throws Exception {
        String text = "\"text\":\"" + "Zürich \\n \\\"quoted\\\" ".repeat(1000) + "\"";
        String compact = "{\"id\":1," + text + "}";
        String[] records = {
            compact,
            "{\"id\": 2, " + text.replace(":", ": ") + ", \"tags\": [\"a\", 1.0]}",
            "{\"id\":3,\"text\":\"short\"}",
            "{\"id\":1e0,\"text\":\"" + "x".repeat(1500) + "\",\"last\":-0}"
        };

        run(
                Batches.pipeline(
                        "def transform(record):\n    record['new'] = 1\n    return record",
                        "def transform(record):\n    return record",
                        "def transform(record):\n    del record['id']\n    record['id'] = 7\n    return record"),
                Batches.input(4, records));

        byte[] lines = (String.join("\n", records) + "\n").getBytes(StandardCharsets.UTF_8);
        RecordLines raw = new RecordLines(new MemoryBlob(lines), 0, lines.length);
        ResultReader results = new ResultReader(new MemoryBlob(output.results()), 0, output.results().length);
        String long1 = "\"text\":\"" + "x".repeat(1500) + "\",\"last\":0,\"new\":1";
        String[] members = {
            text + ",\"new\":1", text + ",\"tags\":[\"a\",1.0],\"new\":1", "\"text\":\"short\",\"new\":1", long1
        };
        String[] ids = {"1", "2", "3", "1.0"};
        for (int record = 0; record < records.length; record++) {
            assertTrue(raw.next() && results.next());
            String first = "{\"id\":" + ids[record] + "," + members[record] + "}";
            assertEquals(first, value(results, 0, raw));
            assertEquals(first, value(results, 1, raw));
            assertEquals("{" + members[record] + ",\"id\":7}", value(results, 2, raw));
            assertTrue(record > 1 || results.length() < 400, results.length() + " bytes");
        }
    }

    private static String value(ResultReader results, int i, RecordLines raw) throws IOException {
        ByteArrayOutputStream target = new ByteArrayOutputStream();
        results.writeValue(i, raw, target);
        return target.toString(StandardCharsets.UTF_8);
    }

    @Test
    void severalInputsMakeOneBatch() throws Exception {
        String[] records = new String[100];
        Arrays.setAll(records, number -> "{\"n\":" + number + "}");

        BatchSummary summary =
                run(Batches.pipeline("def transform(record):\n    return record"), Batches.input(7, records));

        assertEquals(100, summary.succeeded());
        assertEquals("=", output.values().getLast());
    }

    @Test
    void badRecordsFailAloneAndSayWhy() throws Exception {
        BatchSummary summary = run(Batches.pipeline(Duration.ofSeconds(1), """
                        import os, ctypes
                        def transform(record):
                            if record['n'] == 1: raise KeyError('missing')
                            if record['n'] == 2:
                                while True: pass
                            if record['n'] == 3: ctypes.string_at(0)
                            if record['n'] == 4: os._exit(7)
                            if record['n'] == 5:
                                grown = []
                                while True: grown.append(bytearray(1 << 20))
                            if record['n'] == 6: raise SkipRecord('not wanted')
                            if record['n'] == 7: return [1]
                            return record
                        """), Batches.numbered(9));

        assertEquals(new BatchSummary(9, 2, 6, 1), summary);
        List<String> types = output.failures().stream()
                .map(failure -> failure.replaceAll("(?s)^(\\d+):.*\"type\": ?\"(\\w+)\".*", "$1 $2"))
                .toList();
        assertEquals(
                List.of(
                        "1 KeyError",
                        "2 TIMEOUT",
                        "3 SCRIPT_CRASHED",
                        "4 SCRIPT_CRASHED",
                        "5 OOM_KILLED",
                        "7 RESULT_NOT_JSON"),
                types);
    }

    @Test
    void pipelineThatCannotBeLoadedIsRefused() {
        PipelineRefusedException refused = assertThrows(
                PipelineRefusedException.class,
                () -> pool.lease(RealSandboxes.request(
                        run, Batches.pipeline("import nothing_like_this\ndef transform(record): return record"))));

        assertEquals("main0.py", refused.error().script());
    }

    @Test
    void scriptsAreCheckedWithoutBeingRun() throws Exception {
        assertEquals(
                List.of(),
                pool.check(BaseImages.DEFAULT, "raise SystemExit\ndef transform(record):\n    return record"));
        ScriptProblem problem = pool.check(BaseImages.DEFAULT, "def transform(record):\n    return (")
                .getFirst();

        assertEquals(2, problem.line());
        assertTrue(problem.isError());
        assertEquals("SCRIPT_SYNTAX", problem.code());
    }

    @Test
    void releaseEndsARunningBatchQuickly() throws Exception {
        SandboxLease sandbox = pool.lease(
                RealSandboxes.request(run, Batches.pipeline("import time\ndef transform(record): time.sleep(60)")));
        CountDownLatch begun = new CountDownLatch(1);
        CompletableFuture<SandboxFailure> end = CompletableFuture.supplyAsync(() -> {
            begun.countDown();
            return assertThrows(
                            SandboxFailureException.class,
                            () -> sandbox.run(new BatchExchange(Batches.numbered(5), output)))
                    .failure();
        });
        begun.await();

        pool.release(new SandboxOwner(run, 0));

        assertEquals(SandboxFailure.CLOSED, end.get(2, TimeUnit.SECONDS));
        sandbox.close();
        eventually(
                "its container is gone",
                () -> sandboxes
                        .docker()
                        .list(Map.of(ContainerLabels.SANDBOX, sandbox.id()))
                        .isEmpty());
    }

    @Test
    void containerRemovedByHandFailsItsBatchAndIsReplaced() throws Exception {
        EnginePipeline pipeline = Batches.pipeline(
                "import time\ndef transform(record):\n    time.sleep(record['n'] * 60)\n    return record");
        String removed;
        try (SandboxLease sandbox = pool.lease(RealSandboxes.request(run, pipeline))) {
            removed = sandbox.id();
            CompletableFuture<SandboxFailureException> end = CompletableFuture.supplyAsync(() -> assertThrows(
                    SandboxFailureException.class, () -> sandbox.run(new BatchExchange(Batches.numbered(2), output))));
            sandboxes.docker().remove(sandboxes.container(removed));
            SandboxFailureException failure = end.get(10, TimeUnit.SECONDS);
            assertEquals(SandboxFailure.ENGINE_DIED, failure.failure());
        }

        try (SandboxLease sandbox = pool.lease(RealSandboxes.request(run, pipeline))) {
            assertEquals(
                    1,
                    sandbox.run(new BatchExchange(Batches.numbered(1), new Batches.Kept()))
                            .succeeded());
            assertTrue(!sandbox.id().equals(removed));
        }
    }

    @Test
    void warmContainerRemovedByHandIsNotLeased() throws Exception {
        eventually("one is warm", () -> pool.warm() == 1);
        sandboxes
                .docker()
                .remove(sandboxes
                        .docker()
                        .list(ContainerLabels.of(sandboxes.instance()))
                        .getFirst()
                        .getId());

        assertEquals(
                1,
                run(Batches.pipeline("def transform(record): return record"), Batches.numbered(1))
                        .succeeded());
    }

    private BatchSummary run(EnginePipeline pipeline, BatchInput input) throws Exception {
        try (SandboxLease sandbox = pool.lease(RealSandboxes.request(run, pipeline))) {
            return sandbox.run(new BatchExchange(input, output));
        }
    }
}
