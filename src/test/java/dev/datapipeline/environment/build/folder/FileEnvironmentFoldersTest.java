package dev.datapipeline.environment.build.folder;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.datapipeline.environment.install.InstallLimits;
import dev.datapipeline.environment.install.StagedFiles;
import dev.datapipeline.sandbox.EnvironmentDirectory;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileEnvironmentFoldersTest {
    private static final UUID ENVIRONMENT = UUID.fromString("00000000-0000-0000-0000-000000000001");

    @TempDir
    Path data;

    private Path parent;
    private FileEnvironmentFolders folders;
    private String name;

    @BeforeEach
    void open() throws Exception {
        parent = data.resolve("environments");
        folders = new FileEnvironmentFolders(EnvironmentFolder.at(parent));
        name = folders.name("a lock");
    }

    @AfterEach
    void remove() throws Exception {
        folders.delete(name);
        folders.sweep(Set.of());
    }

    private void publish(String content) throws Exception {
        String staged = folders.stage(ENVIRONMENT, 1);
        StagedFiles files = new StagedFiles(folders.place(staged), new InstallLimits(100, 1000));
        byte[] bytes = content.getBytes(StandardCharsets.UTF_8);
        files.write("deep/er/module.py", "one.whl", false, new ByteArrayInputStream(bytes), bytes.length);
        files.seal();
        folders.publish(staged, name, files.files());
    }

    @Test
    void whatIsPublishedIsIntactAndNothingElseIsLeft() throws Exception {
        publish("X = 1\n");

        assertTrue(folders.isIntact(name));
        assertEquals(6, folders.size(name));
        try (var left = Files.list(parent)) {
            assertEquals(2, left.count());
        }
    }

    @Test
    void namesCannotBeGuessedAndStayTheSame() throws Exception {
        assertTrue(name.matches("[0-9a-f]{64}"));
        assertEquals(name, new FileEnvironmentFolders(EnvironmentFolder.at(parent)).name("a lock"));
        assertNotEquals(name, folders.name("another lock"));
        assertNotEquals(name, new FileEnvironmentFolders(EnvironmentFolder.at(data.resolve("other"))).name("a lock"));
        assertEquals("rwx--x--x", PosixFilePermissions.toString(Files.getPosixFilePermissions(parent)));
        assertEquals(
                "rw-------",
                PosixFilePermissions.toString(Files.getPosixFilePermissions(data.resolve("environments.secret"))));
    }

    @Test
    void aChangedFileIsFound() throws Exception {
        publish("X = 1\n");
        Path module = parent.resolve(name).resolve("deep/er/module.py");
        Files.setPosixFilePermissions(module, PosixFilePermissions.fromString("rw-r--r--"));

        Files.writeString(module, "X = 2\n");

        assertFalse(folders.isIntact(name));
    }

    @Test
    void aFileThatIsMissingOrTooManyIsFound() throws Exception {
        publish("X = 1\n");
        Path folder = parent.resolve(name).resolve("deep/er");
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
        Files.writeString(folder.resolve("more.py"), "");
        assertFalse(folders.isIntact(name));

        Files.delete(folder.resolve("more.py"));
        assertTrue(folders.isIntact(name));
        Files.delete(folder.resolve("module.py"));
        assertFalse(folders.isIntact(name));
    }

    @Test
    void aLinkIsNoFile() throws Exception {
        publish("X = 1\n");
        Path module = parent.resolve(name).resolve("deep/er/module.py");
        Files.setPosixFilePermissions(module.getParent(), PosixFilePermissions.fromString("rwxr-xr-x"));
        Path elsewhere = Files.writeString(data.resolve("elsewhere.py"), "X = 1\n");

        Files.delete(module);
        Files.createSymbolicLink(module, elsewhere);

        assertFalse(folders.isIntact(name));
    }

    @Test
    void withoutAManifestNothingIsIntact() throws Exception {
        publish("X = 1\n");

        Files.delete(parent.resolve(name + ".manifest"));

        assertFalse(folders.isIntact(name));
    }

    @Test
    void publishingAgainReplacesWhatIsDamaged() throws Exception {
        publish("X = 1\n");
        publish("X = 2\n");

        assertTrue(folders.isIntact(name));
        assertEquals("X = 2\n", Files.readString(parent.resolve(name).resolve("deep/er/module.py")));
    }

    @Test
    void aStartRemovesWhatIsNotFinishedAndNothingElse() throws Exception {
        publish("X = 1\n");
        String left = folders.stage(ENVIRONMENT, 2);
        Files.writeString(folders.place(left).resolve("half.py"), "");

        folders.sweep(Set.of("a lock"));

        assertFalse(Files.exists(folders.place(left)));
        assertTrue(folders.isIntact(name));
    }

    @Test
    void aStartRemovesWhatBelongsToNoEnvironmentAndNothingOfOthers() throws Exception {
        publish("X = 1\n");
        Files.writeString(parent.resolve(folders.name("another lock") + ".manifest.draft"), "half");
        Path other = Files.writeString(parent.resolve("of somebody else"), "X");

        folders.sweep(Set.of("another lock"));

        try (var left = Files.list(parent)) {
            assertEquals(List.of(other), left.toList());
        }
    }

    @Test
    void aStartEmptiesTheFolderOfEarlierVersions() throws Exception {
        publish("X = 1\n");
        Path other = Files.writeString(parent.resolve("of somebody else"), "X");
        Path now = data.resolve("now");

        new FileEnvironmentFolders(new EnvironmentDirectory(now, data.resolve("secret"), Optional.of(parent)))
                .sweep(Set.of("a lock"));

        try (var left = Files.list(parent)) {
            assertEquals(List.of(other), left.toList());
        }
    }

    @Test
    void programsThatCleanTemporaryFoldersLeaveTheFiles() throws Exception {
        publish("X = 1\n");

        for (String file : List.of(name + ".manifest", name + "/deep/er/module.py")) {
            int mode = (int) Files.getAttribute(parent.resolve(file), "unix:mode");
            assertEquals(01000, mode & 01000, file);
        }
    }

    @Test
    void deletingRemovesReadOnlyFoldersAndTakesWhatIsNotThere() throws Exception {
        publish("X = 1\n");

        folders.delete(name);
        folders.delete(name);

        try (var left = Files.list(parent)) {
            assertEquals(0, left.count());
        }
    }
}
