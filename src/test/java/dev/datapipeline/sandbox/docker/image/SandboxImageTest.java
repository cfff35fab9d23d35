package dev.datapipeline.sandbox.docker.image;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.datapipeline.sandbox.docker.container.RealSandboxes;
import dev.datapipeline.sandbox.engine.SandboxFailure;
import dev.datapipeline.sandbox.engine.SandboxFailureException;
import dev.datapipeline.time.Ticker;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SandboxImageTest {
    /** On no registry: names that begin with a host are asked for there, and there is none. */
    private final String base = "localhost:1/base-" + UUID.randomUUID();

    private RealSandboxes sandboxes;

    @BeforeEach
    void open(@TempDir Path folder) throws Exception {
        sandboxes = new RealSandboxes(folder, Map.of());
    }

    @AfterEach
    void close() throws Exception {
        sandboxes.close();
    }

    @Test
    void imageImportedAfterAFailedPullIsFoundAtOnce() throws Exception {
        SandboxImage image = new SandboxImage(
                sandboxes.docker(),
                base,
                "datapipeline.sandbox.base-image",
                EngineImageContext.ofThisService(),
                Ticker.system());
        SandboxFailureException missing = assertThrows(SandboxFailureException.class, image::name);
        assertEquals(SandboxFailure.IMAGE, missing.failure());
        assertTrue(missing.getMessage().contains(base), missing.getMessage());
        assertEquals(
                missing.getMessage(),
                assertThrows(SandboxFailureException.class, image::name).getMessage());

        pullWhereMissing(sandboxes.baseImage());
        docker("tag", sandboxes.baseImage(), base);
        try {
            assertTrue(sandboxes.docker().imageId(image.name()).isPresent());
        } finally {
            docker("rmi", base);
        }
    }

    private void pullWhereMissing(String image) throws Exception {
        new SandboxImage(
                        sandboxes.docker(),
                        image,
                        "datapipeline.sandbox.base-image",
                        EngineImageContext.ofThisService(),
                        Ticker.system())
                .name();
    }

    private static void docker(String... command) throws Exception {
        ProcessBuilder builder = new ProcessBuilder("docker");
        builder.command().addAll(List.of(command));
        assertEquals(0, builder.inheritIO().start().waitFor());
    }
}
