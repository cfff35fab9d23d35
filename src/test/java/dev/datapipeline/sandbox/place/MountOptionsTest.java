package dev.datapipeline.sandbox.place;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class MountOptionsTest {
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

    @Test
    void aFolderOfOneUnitOfSystemdIsKnown() {
        List<String> mounts = List.of(
                "22 1 8:1 / / rw,relatime shared:1 - ext4 /dev/sda1 rw",
                "23 22 8:1 /var/tmp/systemd-private-1f-datapipeline.service-x/tmp /var/tmp rw shared:2 - ext4 /dev/sda1 rw");

        assertTrue(MountOptions.isPrivate(Path.of("/var/tmp"), mounts));
        assertFalse(MountOptions.isPrivate(Path.of("/var/lib"), mounts));
    }
}
