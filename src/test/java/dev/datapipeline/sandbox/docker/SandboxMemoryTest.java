package dev.datapipeline.sandbox.docker;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.datapipeline.sandbox.SandboxLease;
import dev.datapipeline.sandbox.SandboxOwner;
import dev.datapipeline.sandbox.SandboxRequest;
import dev.datapipeline.sandbox.docker.container.RealSandboxes;
import dev.datapipeline.sandbox.engine.BatchExchange;
import dev.datapipeline.sandbox.engine.Batches;
import dev.datapipeline.sandbox.engine.pipeline.EnginePipeline;
import dev.datapipeline.sandbox.image.SandboxBase;
import dev.datapipeline.sandbox.pool.SandboxPool;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Runs that say how much memory their sandboxes have. */
@Timeout(60)
class SandboxMemoryTest {
    private static final long MEGABYTE = 1024 * 1024;

    /** Takes 200 MB, of which the kernel has to give every page. */
    private static final EnginePipeline LARGE = Batches.pipeline(
            Duration.ofSeconds(20),
            "def transform(record):\n    return {'bytes': len(bytearray(b'x') * (200 * 1024 * 1024))}\n");

    @TempDir
    private Path folder;

    private RealSandboxes sandboxes;
    private SandboxPool pool;

    @BeforeEach
    void open() throws Exception {
        sandboxes = new RealSandboxes(folder, Map.of("datapipeline.sandbox.limits.memory", "128M"));
        pool = sandboxes.pool();
        pool.open();
    }

    @AfterEach
    void close() throws Exception {
        pool.close();
        sandboxes.close();
    }

    private Batches.Kept run(@Nullable Long memory) throws Exception {
        SandboxOwner owner = new SandboxOwner(UUID.randomUUID(), 0);
        Batches.Kept output = new Batches.Kept();
        try (SandboxLease sandbox = pool.lease(new SandboxRequest(owner, LARGE, true, SandboxBase.DEFAULT, memory))) {
            sandbox.run(new BatchExchange(Batches.input(1, "{}"), output));
        }
        return output;
    }

    @Test
    void moreMemoryThanTheUsualIsThere() throws Exception {
        assertEquals(1, run(null).failures().size());

        Batches.Kept output = run(512 * MEGABYTE);

        assertEquals(List.of(), output.failures());
        assertEquals("{\"bytes\":209715200}", output.values().getFirst().replace(" ", ""));
    }

    @Test
    void lessMemoryThanTheUsualIsALimitToo() throws Exception {
        assertEquals(List.of(), run(300 * MEGABYTE).failures());
        assertEquals(1, run(150 * MEGABYTE).failures().size());
    }
}
