package dev.datapipeline.sandbox.place;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.datapipeline.sandbox.EnvironmentMountConfig;
import dev.datapipeline.sandbox.SandboxConfig;
import dev.datapipeline.sandbox.ServiceInstance;
import dev.datapipeline.sandbox.docker.container.RealSandboxes;
import dev.datapipeline.storage.FolderRemoval;
import io.quarkus.runtime.configuration.MemorySize;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EnvironmentPlaceTest {
    private static final int STICKY = 01000;

    @TempDir
    Path folder;

    private Path shared;

    private record Settings(Optional<Path> directory, Optional<String> volume) implements EnvironmentMountConfig {
        private static final Settings NONE = new Settings(Optional.empty(), Optional.empty());

        @Override
        public MemorySize builderMemory() {
            return new MemorySize(BigInteger.valueOf(1 << 30));
        }
    }

    @BeforeEach
    void open() throws IOException {
        shared = Files.createDirectory(folder.resolve("shared"));
    }

    private Path data(String name) {
        return folder.resolve(name);
    }

    private EnvironmentPlace place(String data) throws IOException {
        return place(data, Settings.NONE);
    }

    private EnvironmentPlace place(String data, Settings settings) throws IOException {
        SandboxConfig config = RealSandboxes.config(data(data), Map.of());
        return EnvironmentPlace.of(settings, config, instance(data), shared);
    }

    private ServiceInstance instance(String data) throws IOException {
        return ServiceInstance.of(data(data).resolve("installation"));
    }

    private List<Path> inShared() throws IOException {
        try (var folders = Files.list(shared)) {
            return folders.sorted().toList();
        }
    }

    @Test
    void pathOfTheFolderTellsNothingAndStaysTheSame() throws IOException {
        Path path;
        try (EnvironmentPlace place = place("one")) {
            path = place.directory().path();
            assertEquals(shared.resolve("datapipeline-" + instance("one").id().substring(0, 8)), path);
            assertEquals("rwx--x--x", PosixFilePermissions.toString(Files.getPosixFilePermissions(path)));
            assertEquals(
                    data("one").resolve("environments.secret"),
                    place.directory().secret());
            assertEquals(
                    Optional.of(data("one").resolve("environments")),
                    place.directory().former());
        }
        try (EnvironmentPlace again = place("one")) {
            assertEquals(path, again.directory().path());
        }
    }

    @Test
    void whereTheDataFolderIsCanBeReadByTheServiceAlone() throws IOException {
        try (EnvironmentPlace place = place("one")) {
            Path owner = place.directory().path().resolve("owner");

            assertTrue(Files.readString(owner).startsWith(data("one").toString()));
            assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(owner)));
            assertEquals(STICKY, (int) Files.getAttribute(owner, "unix:mode") & STICKY);
        }
    }

    @Test
    void folderOfAnInstallationThatIsGoneIsRemovedAndOthersStay() throws IOException {
        place("gone").close();
        place("there").close();
        Path gone = shared.resolve("datapipeline-" + instance("gone").id().substring(0, 8));
        Path environment = Files.createDirectory(gone.resolve("e"));
        Files.writeString(environment.resolve("module.py"), "X = 1");
        Files.setPosixFilePermissions(environment, PosixFilePermissions.fromString("r-xr-xr-x"));
        FolderRemoval.remove(data("gone"));
        Path other = Files.createDirectory(shared.resolve("datapipeline-12345678"));

        try (EnvironmentPlace place = place("one")) {
            assertFalse(Files.exists(gone));
            assertTrue(Files.exists(other));
            assertTrue(Files.exists(place.directory().path()));
            assertEquals(3, inShared().size());
        }
    }

    @Test
    void folderThatAProcessUsesStaysAlthoughItsInstallationIsGone() throws IOException {
        try (EnvironmentPlace used = place("gone")) {
            FolderRemoval.remove(data("gone"));
            place("one").close();

            assertTrue(Files.exists(used.directory().path()));
        }
    }

    @Test
    void folderThatAnotherProcessUsesIsNotTakenTwice() throws IOException {
        try (EnvironmentPlace first = place("one");
                EnvironmentPlace second = place("one")) {
            assertEquals(data("one").resolve("environments"), second.directory().path());
            assertEquals(Optional.empty(), second.directory().former());
        }
    }

    @Test
    void copyOfADataFolderDoesNotTakeTheFolderOfTheOriginal() throws IOException {
        place("one").close();
        Files.createDirectory(data("copy"));
        Files.copy(data("one").resolve("installation"), data("copy").resolve("installation"));

        try (EnvironmentPlace copy = place("copy")) {
            assertEquals(data("copy").resolve("environments"), copy.directory().path());
        }
        FolderRemoval.remove(data("one"));
        try (EnvironmentPlace moved = place("copy")) {
            assertEquals(inShared(), List.of(moved.directory().path()));
        }
    }

    @Test
    void linkThatSomebodyElseHasMadeInItsPlaceIsNotFollowed() throws IOException {
        Path elsewhere = Files.createDirectory(folder.resolve("elsewhere"));
        Files.createSymbolicLink(
                shared.resolve("datapipeline-" + instance("one").id().substring(0, 8)), elsewhere);

        try (EnvironmentPlace place = place("one")) {
            assertEquals(data("one").resolve("environments"), place.directory().path());
        }
    }

    @Test
    void settingsGoFirstAndAVolumeIsMountedInTheDataFolder() throws IOException {
        Path configured = folder.resolve("configured");
        try (EnvironmentPlace place = place("one", new Settings(Optional.of(configured), Optional.empty()))) {
            assertEquals(configured, place.directory().path());
        }
        try (EnvironmentPlace place = place("one", new Settings(Optional.empty(), Optional.of("volume")))) {
            assertEquals(data("one").resolve("environments"), place.directory().path());
        }
        assertEquals(List.of(), inShared());
    }
}
