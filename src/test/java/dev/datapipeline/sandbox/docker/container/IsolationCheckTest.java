package dev.datapipeline.sandbox.docker.container;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.github.dockerjava.api.command.CreateContainerCmd;
import com.github.dockerjava.api.model.HostConfig;
import dev.datapipeline.sandbox.PoolSettings;
import dev.datapipeline.sandbox.Sandbox;
import dev.datapipeline.sandbox.SandboxConfig;
import dev.datapipeline.sandbox.engine.Batches;
import dev.datapipeline.sandbox.engine.SandboxFailure;
import dev.datapipeline.sandbox.engine.SandboxFailureException;
import dev.datapipeline.sandbox.image.BaseImages;
import dev.datapipeline.sandbox.pool.SandboxPool;
import dev.datapipeline.time.Ticker;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Real containers that are held in less than was asked for. */
@Timeout(120)
class IsolationCheckTest {
    @TempDir
    private Path folder;

    @Test
    void eachWeaknessOfARealContainerIsFoundAndNamed() throws Exception {
        assertRefused("root-user", Map.of("datapipeline.sandbox.runtime", "runc"), command -> command.withUser("0:0"));
        assertRefused(
                "shared-user",
                Map.of("datapipeline.sandbox.runtime", "runc"),
                command -> command.withUser("65534:65534"));
        assertRefused(
                "new-privileges,system-calls",
                command -> host(command).withSecurityOpts(List.of("seccomp=unconfined")));
        assertRefused("network", command -> {
            command.withNetworkDisabled(false);
            host(command).withNetworkMode("bridge");
        });
        assertRefused("writable-root", command -> host(command).withReadonlyRootfs(false));
        assertRefused(
                "memory,processes",
                command -> host(command).withMemory(0L).withMemorySwap(0L).withPidsLimit(-1L));
        assertRefused("root-user,capabilities", Map.of("datapipeline.sandbox.runtime", "runc"), command -> {
            command.withUser("0:0");
            host(command).withCapDrop().withCapAdd();
        });
    }

    @Test
    void sandboxWithAnAcceptedRiskIsUsed() throws Exception {
        SandboxConfig config =
                RealSandboxes.config(folder, Map.of("datapipeline.sandbox.accepted-risks", "writable-root,memory"));
        try (RealSandboxes sandboxes =
                new RealSandboxes(config, Weakened.by(command -> host(command).withReadonlyRootfs(false)))) {
            Sandbox started = sandboxes.launcher().launch(BaseImages.DEFAULT);

            assertTrue(started.isReady());
            started.remove();
        }
    }

    @Test
    void poolLeasesNoneAndHealthReportsWhy() throws Exception {
        SandboxConfig config = RealSandboxes.config(folder, Map.of("datapipeline.sandbox.warm", "1"));
        try (RealSandboxes sandboxes = new RealSandboxes(
                        config, Weakened.by(command -> host(command).withReadonlyRootfs(false)));
                SandboxPool pool = new SandboxPool(sandboxes.launcher(), PoolSettings.of(config), Ticker.system())) {
            pool.open();

            SandboxFailureException failure = assertThrows(
                    SandboxFailureException.class,
                    () -> pool.lease(RealSandboxes.request(
                            UUID.randomUUID(), Batches.pipeline("def transform(record):\n    return record"))));

            assertEquals(SandboxFailure.ISOLATION, failure.failure());
            assertEquals(failure.getMessage(), pool.trouble().orElseThrow());
        }
    }

    @Test
    void engineOfAnotherUserIsRefused() throws Exception {
        SandboxConfig config = RealSandboxes.config(folder, Map.of("datapipeline.sandbox.start-timeout", "2S"));
        try (RealSandboxes sandboxes =
                new RealSandboxes(config, Weakened.by(command -> command.withUser("65534:65534")))) {
            SandboxFailureException failure = assertThrows(
                    SandboxFailureException.class, () -> sandboxes.launcher().launch(BaseImages.DEFAULT));

            assertEquals(SandboxFailure.ENGINE_DIED, failure.failure());
            assertEquals(0, sandboxes.containers());
        }
    }

    private void assertRefused(String risks, Consumer<CreateContainerCmd> change) throws Exception {
        assertRefused(risks, Map.of(), change);
    }

    /** With a runtime that is named, nobody expects to know the user at the other end of a socket. */
    private void assertRefused(String risks, Map<String, String> settings, Consumer<CreateContainerCmd> change)
            throws Exception {
        try (RealSandboxes sandboxes = new RealSandboxes(RealSandboxes.config(folder, settings), Weakened.by(change))) {
            SandboxFailureException failure = assertThrows(
                    SandboxFailureException.class, () -> sandboxes.launcher().launch(BaseImages.DEFAULT));

            assertEquals(SandboxFailure.ISOLATION, failure.failure());
            assertTrue(
                    failure.getMessage().contains("DATAPIPELINE_SANDBOX_ACCEPTED_RISKS=" + risks + " ("),
                    failure.getMessage());
            assertEquals(0, sandboxes.containers());
        }
    }

    private static HostConfig host(CreateContainerCmd command) {
        HostConfig host = command.getHostConfig();
        assertTrue(host != null);
        return host;
    }

    /** The profile with a part undone, as an engine would that ignores it. */
    private static final class Weakened extends SandboxProfile {
        private final Consumer<CreateContainerCmd> change;

        private Weakened(SandboxConfig config, EnvironmentMount environments, Consumer<CreateContainerCmd> change) {
            super(config, environments);
            this.change = change;
        }

        static RealSandboxes.Profile by(Consumer<CreateContainerCmd> change) {
            return (config, environments) -> new Weakened(config, environments, change);
        }

        @Override
        void apply(CreateContainerCmd command, ContainerPlan plan) {
            super.apply(command, plan);
            change.accept(command);
        }
    }
}
