package dev.datapipeline.sandbox.docker.container;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.github.dockerjava.api.model.MountType;
import dev.datapipeline.sandbox.EnvironmentMountConfig;
import io.quarkus.runtime.configuration.MemorySize;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EnvironmentMountTest {
    @TempDir
    Path data;

    private record Settings(Path directory, Optional<String> volume) implements EnvironmentMountConfig {
        @Override
        public MemorySize builderMemory() {
            return new MemorySize(BigInteger.valueOf(1 << 30));
        }
    }

    private EnvironmentMount mount(Optional<String> volume, Map<String, String> sandboxSettings) throws IOException {
        return new EnvironmentMount(
                new Settings(data.resolve("environments"), volume), RealSandboxes.config(data, sandboxSettings));
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

    @Test
    void theOptionsOfTheInnermostMountCount() {
        List<String> mounts = List.of(
                "22 1 8:1 / / rw,relatime shared:1 - ext4 /dev/sda1 rw",
                "30 22 8:2 / /data rw,noexec,relatime shared:2 - ext4 /dev/sdb1 rw",
                "31 30 8:3 / /data/with\\040blank rw shared:3 - ext4 /dev/sdc1 rw",
                "32 30 8:3 / /data/twice rw shared:3 - ext4 /dev/sdc1 rw",
                "33 30 8:4 / /data/twice ro,noexec shared:3 - ext4 /dev/sdd1 rw");

        assertEquals(Set.of("rw", "relatime"), MountOptions.of(Path.of("/database"), mounts));
        assertTrue(MountOptions.of(Path.of("/data/environments"), mounts).contains("noexec"));
        assertEquals(Set.of("rw"), MountOptions.of(Path.of("/data/with blank/environments"), mounts));
        assertTrue(MountOptions.of(Path.of("/data/twice/a"), mounts).contains("noexec"));
    }
}
