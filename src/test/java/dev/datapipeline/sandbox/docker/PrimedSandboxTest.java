package dev.datapipeline.sandbox.docker;

import static dev.datapipeline.testing.Eventually.eventually;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.datapipeline.sandbox.SandboxLease;
import dev.datapipeline.sandbox.SandboxOwner;
import dev.datapipeline.sandbox.SandboxRequest;
import dev.datapipeline.sandbox.docker.container.RealSandboxes;
import dev.datapipeline.sandbox.engine.BatchExchange;
import dev.datapipeline.sandbox.engine.Batches;
import dev.datapipeline.sandbox.engine.pipeline.EnginePipeline;
import dev.datapipeline.sandbox.engine.pipeline.HeldPipeline;
import dev.datapipeline.sandbox.image.BaseImages;
import dev.datapipeline.sandbox.image.SandboxBase;
import dev.datapipeline.sandbox.pool.SandboxPool;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Runs find modules of their environment imported. The module here says when it was imported, by the clock of this machine. */
class PrimedSandboxTest {
    private static final String FOLDER = "packages";

    @TempDir
    private Path folder;

    private RealSandboxes sandboxes;
    private SandboxPool pool;

    @BeforeEach
    void open() throws Exception {
        sandboxes = new RealSandboxes(folder, Map.of());
        pool = sandboxes.pool();
        pool.open();
        Path packages = Files.createDirectory(sandboxes.environments().resolve(FOLDER));
        Files.writeString(packages.resolve("clock.py"), "import time\nIMPORTED = time.time_ns()\n");
        Files.writeString(
                packages.resolve("ticking.py"),
                "import clock, threading, time\nIMPORTED = clock.IMPORTED\n"
                        + "threading.Thread(target=time.sleep, args=(600,), daemon=True).start()\n");
    }

    @AfterEach
    void close() throws Exception {
        pool.close();
        sandboxes.close();
    }

    /** @param early how long before the sandbox got its scripts their module was imported, negative where that was later */
    private record Outcome(List<Long> importTimes, long early) {}

    private Outcome run(String module, int batches) throws Exception {
        EnginePipeline pipeline = Batches.pipeline(
                        Duration.ofSeconds(20),
                        "import " + module + "\ndef transform(record):\n    return {'at': " + module + ".IMPORTED}\n")
                .withEnvironment(FOLDER);
        AtomicLong opened = new AtomicLong();
        SandboxOwner owner = new SandboxOwner(UUID.randomUUID(), 0);
        SandboxRequest request = new SandboxRequest(
                owner,
                () -> {
                    opened.set(TimeUnit.MILLISECONDS.toNanos(System.currentTimeMillis()));
                    return new HeldPipeline(pipeline, () -> {});
                },
                false,
                new SandboxBase(BaseImages.DEFAULT, FOLDER));
        Batches.Kept output = new Batches.Kept();
        try {
            for (int batch = 0; batch < batches; batch++) {
                try (SandboxLease sandbox = pool.lease(request)) {
                    sandbox.run(new BatchExchange(Batches.input(1, "{}"), output));
                }
            }
        } finally {
            pool.release(owner);
        }
        List<Long> times = output.values().stream()
                .map(value -> Long.valueOf(value.replaceAll("\\D", "")))
                .toList();
        return new Outcome(times, opened.get() - times.getFirst());
    }

    @Test
    void runFindsModulesImportedBeforeItAndImportsNothingAgain() throws Exception {
        assertTrue(run("clock", 1).early < 0);

        eventually("a run finds the module imported", () -> {
            eventually("one is warm and one primed", () -> pool.warm() == 2);
            Outcome outcome = run("clock", 5);
            assertEquals(
                    1, outcome.importTimes.stream().collect(Collectors.toSet()).size());
            return outcome.early > 0;
        });
    }

    @Test
    void modulesThatLeaveThreadsAreNeverImportedBefore() throws Exception {
        for (int run = 0; run < 3; run++) {
            Outcome outcome = run("ticking", 3);

            assertTrue(outcome.early < 0);
            assertEquals(
                    3, outcome.importTimes.stream().collect(Collectors.toSet()).size());
        }
        assertTrue(pool.warm() <= 1);
    }
}
