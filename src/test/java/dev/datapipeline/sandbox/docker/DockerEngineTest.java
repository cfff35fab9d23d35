package dev.datapipeline.sandbox.docker;

import static dev.datapipeline.testing.Eventually.eventually;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.datapipeline.sandbox.PoolSettings;
import dev.datapipeline.sandbox.docker.api.DockerEngine;
import dev.datapipeline.sandbox.docker.container.RealSandboxes;
import dev.datapipeline.sandbox.docker.image.EngineImageContext;
import dev.datapipeline.sandbox.docker.image.SandboxImage;
import dev.datapipeline.sandbox.engine.Batches;
import dev.datapipeline.sandbox.engine.SandboxFailure;
import dev.datapipeline.sandbox.engine.SandboxFailureException;
import dev.datapipeline.sandbox.pool.SandboxPool;
import dev.datapipeline.time.Deadline;
import dev.datapipeline.time.Ticker;
import java.net.StandardProtocolFamily;
import java.net.URI;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A Docker engine that is not there, hangs, or comes later. */
@Timeout(120)
class DockerEngineTest {
    private static final Path REAL_SOCKET = Path.of("/var/run/docker.sock");

    @TempDir
    private Path folder;

    @Test
    void missingDockerIsReported() {
        try (DockerEngine docker = new DockerEngine(socket("absent"))) {
            SandboxFailureException failure =
                    assertThrows(SandboxFailureException.class, () -> docker.ping(Duration.ofSeconds(10)));

            assertEquals(SandboxFailure.DOCKER, failure.failure());
            assertTrue(failure.getMessage().startsWith("No Docker engine answers at unix:"), failure.getMessage());
        }
    }

    @Test
    void hangingDockerTimesOut() throws Exception {
        try (ServerSocketChannel hangs = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
                DockerEngine docker = new DockerEngine(socket("hangs"))) {
            hangs.bind(UnixDomainSocketAddress.of(folder.resolve("hangs")));
            Deadline late = Ticker.system().deadlineIn(Duration.ofSeconds(5));

            SandboxFailureException failure =
                    assertThrows(SandboxFailureException.class, () -> docker.ping(Duration.ofSeconds(1)));

            assertTrue(failure.getMessage().contains("longer than 1 s"), failure.getMessage());
            assertTrue(!late.isOver());
        }
    }

    @Test
    void healthIsThatOfTheLastPing() throws Exception {
        try (DockerEngine docker = new DockerEngine(socket("later"))) {
            DockerMonitor monitor = new DockerMonitor(docker);
            assertTrue(monitor.trouble().isPresent());
            Files.createSymbolicLink(folder.resolve("later"), REAL_SOCKET);

            monitor.poll();

            assertTrue(monitor.trouble().isEmpty());
        }
    }

    @Test
    void sandboxesComeByThemselvesWhenDockerComes() throws Exception {
        Map<String, String> settings = Map.of(
                "datapipeline.sandbox.docker-host", socket("later").toString(),
                "datapipeline.sandbox.warm", "1",
                "datapipeline.sandbox.retry-delay", "0.1S");
        try (RealSandboxes sandboxes = new RealSandboxes(folder, settings);
                SandboxPool pool = new SandboxPool(
                        sandboxes.launcher(),
                        PoolSettings.of(RealSandboxes.config(folder, settings)),
                        Ticker.system())) {
            pool.open();
            assertThrows(
                    SandboxFailureException.class,
                    () -> pool.lease(RealSandboxes.request(
                            UUID.randomUUID(), Batches.pipeline("def transform(record): return record"))));

            Files.createSymbolicLink(folder.resolve("later"), REAL_SOCKET);

            eventually("a sandbox is warm", () -> pool.warm() == 1);
            assertTrue(pool.trouble().isEmpty());
        }
    }

    @Test
    void unavailableBaseImageIsNamed() throws Exception {
        try (DockerEngine docker = new DockerEngine(URI.create("unix://" + REAL_SOCKET))) {
            SandboxImage image = new SandboxImage(
                    docker,
                    "localhost:1/none",
                    "datapipeline.sandbox.base-image",
                    EngineImageContext.ofThisService(),
                    Ticker.system());

            SandboxFailureException failure = assertThrows(SandboxFailureException.class, image::name);

            assertEquals(SandboxFailure.IMAGE, failure.failure());
            assertTrue(failure.getMessage().contains("localhost:1/none"), failure.getMessage());
        }
    }

    private URI socket(String name) {
        return URI.create("unix://" + folder.resolve(name));
    }
}
