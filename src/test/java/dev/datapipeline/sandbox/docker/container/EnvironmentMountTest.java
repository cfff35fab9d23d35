package dev.datapipeline.sandbox.docker.container;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.github.dockerjava.api.model.MountType;
import dev.datapipeline.sandbox.EnvironmentDirectory;
import dev.datapipeline.sandbox.EnvironmentMountConfig;
import io.quarkus.runtime.configuration.MemorySize;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EnvironmentMountTest {
    @TempDir
    Path data;

    private record Settings(Optional<String> volume) implements EnvironmentMountConfig {
        @Override
        public Optional<Path> directory() {
            return Optional.empty();
        }

        @Override
        public MemorySize builderMemory() {
            return new MemorySize(BigInteger.valueOf(1 << 30));
        }
    }

    private EnvironmentMount mount(Optional<String> volume, Map<String, String> sandboxSettings) throws IOException {
        EnvironmentDirectory directory =
                new EnvironmentDirectory(data.resolve("environments"), data.resolve("secret"), Optional.empty());
        return new EnvironmentMount(new Settings(volume), RealSandboxes.config(data, sandboxSettings), directory);
    }

    @Test
    void theFolderIsMadeSoThatOthersCanPassButNotList() throws Exception {
        EnvironmentMount mount = mount(Optional.empty(), Map.of());

        assertEquals(
                "rwx--x--x",
                PosixFilePermissions.toString(Files.getPosixFilePermissions(data.resolve("environments"))));
        assertEquals(MountType.BIND, mount.mount().orElseThrow().getType());
        assertEquals("/environments", mount.mount().orElseThrow().getTarget());
        assertTrue(mount.mount().orElseThrow().getReadOnly());
    }

    @Test
    void aServiceInAContainerMountsAVolumeByItsName() throws Exception {
        EnvironmentMount mount =
                mount(Optional.of("packages"), Map.of("datapipeline.sandbox.socket-volume", "sockets"));

        assertEquals("packages", mount.mount().orElseThrow().getSource());
        assertEquals(MountType.VOLUME, mount.mount().orElseThrow().getType());
    }

    @Test
    void withoutAVolumeItMountsNothingAndSaysWhy() throws Exception {
        EnvironmentMount mount = mount(Optional.empty(), Map.of("datapipeline.sandbox.socket-volume", "sockets"));

        assertTrue(mount.mount().isEmpty());
        assertTrue(mount.trouble().orElseThrow().contains("datapipeline.environment.volume"));
    }
}
