package dev.datapipeline.environment.install;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.datapipeline.environment.lock.LockedPackage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What becomes of wheels that are as they should be. */
class WheelInstallerTest {
    private static final InstallLimits LIMITS = new InstallLimits(1000, 1_000_000);

    @TempDir
    Path wheels;

    private Path root;
    private StagedFiles staged;
    private WheelInstaller installer;

    @BeforeEach
    void makeFolder() throws IOException {
        root = Files.createDirectory(wheels.resolve("root"));
        staged = new StagedFiles(root, LIMITS);
        installer = new WheelInstaller(staged, LIMITS);
    }

    @AfterEach
    void makeWritable() throws IOException {
        try (Stream<Path> found = Files.walk(root)) {
            for (Path folder : found.filter(Files::isDirectory).toList()) {
                Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
            }
        }
    }

    private WheelInstaller.Report install(WheelFile wheel) throws Exception {
        LockedPackage locked = wheel.write(wheels);
        return installer.install(locked, wheels.resolve(locked.filename()));
    }

    private List<String> written() throws IOException {
        try (Stream<Path> found = Files.walk(root)) {
            return found.filter(Files::isRegularFile)
                    .map(file -> root.relativize(file).toString())
                    .filter(path -> !path.contains(".dist-info/"))
                    .sorted()
                    .toList();
        }
    }

    @Test
    void filesAreUnpackedReadOnly() throws Exception {
        install(WheelFile.of("one", "1.0")
                .with("one/__init__.py", "X = 1\n")
                .with("one/deep/er/data.bin", new byte[100_000]));
        staged.seal();

        assertEquals(List.of("one/__init__.py", "one/deep/er/data.bin"), written());
        assertEquals("X = 1\n", Files.readString(root.resolve("one/__init__.py")));
        assertEquals("r--r--r--", permissions("one/__init__.py"));
        assertEquals("r-xr-xr-x", permissions("one/deep"));
        assertEquals("r-xr-xr-x", permissions(""));
    }

    private String permissions(String path) throws IOException {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(root.resolve(path)));
    }

    @Test
    void programsStayExecutable() throws Exception {
        install(WheelFile.of("one", "1.0").with("one/bin/tool", "#!/bin/sh\n").mode(0100755));

        assertEquals("r-xr-xr-x", permissions("one/bin/tool"));
    }

    @Test
    void librariesInTheDataFolderGoToTheTopAndTheRestIsLeftOut() throws Exception {
        WheelInstaller.Report report = install(WheelFile.of("one", "1.0")
                .with("one-1.0.data/purelib/one/__init__.py", "")
                .with("one-1.0.data/platlib/one/native.so", "ELF")
                .with("one-1.0.data/scripts/one", "#!python")
                .with("one-1.0.data/data/share/man/one.1", "")
                .with("one-1.0.data/headers/one.h", ""));

        assertEquals(List.of("one/__init__.py", "one/native.so"), written());
        assertEquals(3, report.notes().size());
        assertEquals(List.of(), report.warnings());
    }

    @Test
    void whatPythonRunsByItselfIsLeftOutWithAWarning() throws Exception {
        WheelInstaller.Report report = install(WheelFile.of("one", "1.0")
                .with("one.pth", "import os; os.system('true')")
                .with("Two.PTH", "import os")
                .with("sitecustomize.py", "")
                .with("usercustomize/__init__.py", "")
                .with("one-1.0.data/purelib/three.pth", "import os")
                .with("one/weights.pth", "data of a model"));

        assertEquals(List.of("one/weights.pth"), written());
        assertEquals(5, report.warnings().size(), report.warnings().toString());
        assertTrue(report.warnings().toString().contains("one.pth"));
    }

    @Test
    void byteCodeOfAWheelIsNotUsed() throws Exception {
        install(WheelFile.of("one", "1.0").with("one/a.py", "").with("one/__pycache__/a.cpython-311.pyc", "old"));

        assertEquals(List.of("one/a.py"), written());
    }

    @Test
    void packagesCanShareEqualFiles() throws Exception {
        install(WheelFile.of("one", "1.0").with("google/__init__.py", "").with("google/one.py", ""));
        install(WheelFile.of("two", "1.0").with("google/__init__.py", "").with("google/two.py", ""));

        assertEquals(List.of("google/__init__.py", "google/one.py", "google/two.py"), written());
    }

    @Test
    void everyFileIsKnownWithItsSizeAndDigest() throws Exception {
        install(WheelFile.of("one", "1.0").with("one.py", "abc"));

        InstalledFile file = staged.files().stream()
                .filter(each -> each.path().equals("one.py"))
                .findFirst()
                .orElseThrow();
        assertEquals(
                new InstalledFile("one.py", 3, "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"),
                file);
    }

    @Test
    void namesWithCommasAndUmlautsAreNames() throws Exception {
        WheelInstaller.Report report =
                install(WheelFile.of("one", "1.0").with("one/a,\"b\".txt", "1").with("one/ä.txt", "2"));

        assertEquals(List.of("one/a,\"b\".txt", "one/ä.txt"), written());
        assertEquals(List.of(), report.warnings());
    }

    @Test
    void aWheelOfOtherBytesThanTheLockSaysIsRefused() throws Exception {
        WheelFile wheel = WheelFile.of("one", "1.0").with("one.py", "abc");
        LockedPackage locked = wheel.write(wheels);
        byte[] bytes = wheel.bytes();
        bytes[bytes.length / 2] ^= 1;
        Files.write(wheels.resolve(locked.filename()), bytes);

        InstallRefusedException refused = assertThrows(
                InstallRefusedException.class, () -> installer.install(locked, wheels.resolve(locked.filename())));

        assertEquals(InstallRefusedException.Reason.HASH_MISMATCH, refused.reason());
        assertFalse(Files.exists(root.resolve("one.py")));
    }
}
