package dev.datapipeline.sandbox.docker.container;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.datapipeline.sandbox.Sandbox;
import dev.datapipeline.sandbox.ServiceInstance;
import dev.datapipeline.sandbox.docker.image.EngineImageContext;
import dev.datapipeline.sandbox.docker.image.SandboxImage;
import dev.datapipeline.sandbox.image.BaseImages;
import dev.datapipeline.time.Ticker;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Real containers, of us and of others. */
@Timeout(120)
class OrphanSweeperTest {
    private final Map<String, String> containers = new HashMap<>();
    private RealSandboxes sandboxes;
    private ServiceInstance ours;

    @BeforeEach
    void open(@TempDir Path folder) throws Exception {
        sandboxes = new RealSandboxes(folder, Map.of());
        ours = sandboxes.instance();
    }

    @AfterEach
    void close() throws Exception {
        for (String container : containers.values()) {
            sandboxes.docker().remove(container);
        }
        sandboxes.close();
    }

    @Test
    void removesOnlyWhatNobodyOwns() throws Exception {
        ServiceInstance earlier =
                new ServiceInstance(ours.id(), UUID.randomUUID().toString());
        ServiceInstance another = new ServiceInstance(
                UUID.randomUUID().toString(), UUID.randomUUID().toString());
        create("of a process that died", ContainerLabels.of(earlier, "a"));
        create("lost by this process", ContainerLabels.of(ours, "lost"));
        create("in use", ContainerLabels.of(ours, "owned"));
        create("of another service", ContainerLabels.of(another, "owned"));
        create("of another program", Map.of());
        create("with our label but not made by us", ContainerLabels.of(ours));
        OrphanSweeper sweeper = new OrphanSweeper(sandboxes.docker(), ours, () -> Set.of("owned"));

        assertEquals(2, sweeper.sweep());

        assertFalse(exists("of a process that died"));
        assertFalse(exists("lost by this process"));
        assertTrue(exists("in use"));
        assertTrue(exists("of another service"));
        assertTrue(exists("of another program"));
        assertTrue(exists("with our label but not made by us"));
    }

    @Test
    void startingSandboxIsNotSwept() throws Exception {
        Sandbox sandbox = sandboxes.launcher().launch(BaseImages.DEFAULT);

        assertEquals(0, sandboxes.sweeper().sweep());
        assertTrue(sandbox.isReady());
        assertTrue(
                sandboxes.docker().state("datapipeline-sandbox-" + sandbox.id()).isPresent());

        sandbox.remove();
        assertEquals(0, sandboxes.containers());
        assertEquals(Set.of(), sandboxes.launcher().owned());
    }

    private void create(String name, Map<String, String> labels) throws Exception {
        String image = new SandboxImage(
                        sandboxes.docker(),
                        sandboxes.baseImage(),
                        "datapipeline.sandbox.base-image",
                        EngineImageContext.ofThisService(),
                        Ticker.system())
                .name();
        String container = sandboxes
                .docker()
                .create(image, command -> command.withLabels(labels).withCmd("sleep", "600"));
        sandboxes.docker().start(container);
        containers.put(name, container);
    }

    private boolean exists(String name) throws Exception {
        return sandboxes.docker().state(containers.getOrDefault(name, "")).isPresent();
    }
}
