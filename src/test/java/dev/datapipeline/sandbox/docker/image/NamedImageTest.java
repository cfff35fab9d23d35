package dev.datapipeline.sandbox.docker.image;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.datapipeline.sandbox.SandboxLease;
import dev.datapipeline.sandbox.SandboxOwner;
import dev.datapipeline.sandbox.SandboxRequest;
import dev.datapipeline.sandbox.builder.Builder;
import dev.datapipeline.sandbox.docker.container.RealSandboxes;
import dev.datapipeline.sandbox.engine.BatchExchange;
import dev.datapipeline.sandbox.engine.Batches;
import dev.datapipeline.sandbox.engine.SandboxFailure;
import dev.datapipeline.sandbox.engine.SandboxFailureException;
import dev.datapipeline.sandbox.image.SandboxBase;
import dev.datapipeline.sandbox.pool.SandboxPool;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Sandboxes of a second image, which has one file more than the default one. */
class NamedImageTest {
    private static final String GEO = "datapipeline-test-geo:1";

    @TempDir
    private static Path folder;

    private static RealSandboxes sandboxes;
    private static SandboxPool pool;

    @BeforeAll
    static void makeTheSecondImage() throws Exception {
        Map<String, String> settings = Map.of(
                "datapipeline.sandbox.images.geo", GEO, "datapipeline.sandbox.images.missing", "localhost:1/missing");
        sandboxes = new RealSandboxes(folder, settings);
        Map<String, byte[]> files = Map.of(
                "Dockerfile", bytes("ARG BASE\nFROM ${BASE}\nCOPY library.txt /opt/library.txt\n"),
                "library.txt", bytes("a system library"));
        sandboxes.docker().build(new EngineImageContext(new TreeMap<>(files)).tar(), sandboxes.baseImage(), GEO);
        pool = sandboxes.pool();
        pool.open();
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    @AfterAll
    static void close() throws Exception {
        pool.close();
        sandboxes.close();
    }

    private static SandboxLease lease(String image, String script) throws Exception {
        SandboxOwner owner = new SandboxOwner(UUID.randomUUID(), 0);
        return pool.lease(new SandboxRequest(
                owner, Batches.pipeline(Duration.ofSeconds(20), script), true, SandboxBase.of(image)));
    }

    private static String library(String image) throws Exception {
        String script = """
                import pathlib

                def transform(record):
                    library = pathlib.Path("/opt/library.txt")
                    return {"library": library.read_text() if library.exists() else None}
                """;
        Batches.Kept output = new Batches.Kept();
        try (SandboxLease sandbox = lease(image, script)) {
            sandbox.run(new BatchExchange(Batches.input(1, "{}"), output));
        }
        return output.values().getFirst().replace("\": ", "\":");
    }

    @Test
    void scriptsFindWhatTheirImageHas() throws Exception {
        assertEquals("{\"library\":\"a system library\"}", library("geo"));
        assertEquals("{\"library\":null}", library("default"));
    }

    @Test
    void buildersAreOfTheSameImage() throws Exception {
        try (Builder builder = sandboxes.builders().launch("geo")) {
            assertTrue(builder.inspect().python().startsWith("3."));
        }
        assertTrue(
                !sandboxes.builders().image("geo").equals(sandboxes.builders().image("default")));
    }

    @Test
    void imageThatIsMissingNamesItsSetting() {
        SandboxFailureException missing = assertThrows(
                SandboxFailureException.class, () -> lease("missing", "def transform(record): return record"));

        assertEquals(SandboxFailure.IMAGE, missing.failure());
        assertTrue(missing.getMessage().contains("datapipeline.sandbox.images.missing"), missing.getMessage());
    }

    @Test
    void imageThatTheSettingsNoLongerHaveIsSaidToBeGone() {
        SandboxFailureException gone = assertThrows(
                SandboxFailureException.class, () -> lease("gone", "def transform(record): return record"));

        assertEquals(SandboxFailure.IMAGE, gone.failure());
        assertTrue(gone.getMessage().contains("datapipeline.sandbox.images.gone"), gone.getMessage());
    }
}
