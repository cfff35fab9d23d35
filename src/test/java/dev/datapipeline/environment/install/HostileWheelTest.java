package dev.datapipeline.environment.install;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.datapipeline.environment.install.InstallRefusedException.Reason;
import dev.datapipeline.environment.lock.LockedPackage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Wheels that want out of their folder, or more than they are given. */
class HostileWheelTest {
    private static final InstallLimits LIMITS = new InstallLimits(50, 100_000);

    @TempDir
    Path folder;

    private Path root;
    private WheelInstaller installer;

    @BeforeEach
    void makeFolder() throws IOException {
        root = Files.createDirectories(folder.resolve("environments/staging"));
        installer = new WheelInstaller(new StagedFiles(root, LIMITS), LIMITS);
    }

    private static WheelFile wheel() {
        return WheelFile.of("evil", "1.0").with("evil/__init__.py", "");
    }

    private void assertRefused(WheelFile wheel, String part) {
        assertRefused(wheel, wheel.bytes(), Reason.MALFORMED, part);
    }

    private void assertRefused(WheelFile wheel, byte[] bytes, Reason reason, String part) {
        LockedPackage locked = wheel.write(folder, bytes);
        InstallRefusedException refused = assertThrows(
                InstallRefusedException.class, () -> installer.install(locked, folder.resolve(locked.filename())));

        assertEquals(reason, refused.reason(), refused.text());
        assertTrue(refused.text().contains(part), refused.text());
        assertTrue(refused.text().chars().noneMatch(c -> c < ' '), refused.text());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "../evil.py",
                "evil/../../out.py",
                "evil/..",
                "./evil.py",
                "evil//a.py",
                "/etc/passwd",
                "//host/a.py",
                "C:/a.py",
                "c:a.py",
                "evil\\..\\a.py",
                "evil/a\0.py",
                "evil/a\n.py",
                "evil/\u0007",
                "evil/./a.py",
                "/",
                "..",
                "evil/a/../b.py"
            })
    void namesThatLeadElsewhereAreRefused(String name) throws Exception {
        assertRefused(wheel().with(name, "x = 1"), "has a member");

        try (Stream<Path> written = Files.walk(folder)) {
            assertTrue(written.noneMatch(path -> path.endsWith("out.py") || path.endsWith("a.py")));
        }
    }

    @Test
    void namesThatAreTooLongAreRefused() {
        assertRefused(wheel().with("a".repeat(300) + ".py", ""), "too long");
        assertRefused(wheel().with("a/".repeat(600) + "b.py", ""), "too long");
    }

    @ParameterizedTest
    @ValueSource(ints = {0120777, 0020666, 0060666, 0010666, 0140777, 0040755})
    void linksAndDevicesAreRefused(int mode) {
        assertRefused(wheel().with("evil/link.py", "/etc/passwd").mode(mode), "link or a device, evil/link.py");
    }

    @Test
    void aNameIsThereOnce() {
        assertRefused(wheel().with("evil/a.py", "1").with("evil/a.py", "2"), "two members of one name, evil/a.py");
    }

    @Test
    void aFileIsNoFolder() {
        assertRefused(wheel().with("evil/a", "1").with("evil/a/b.py", "2"), "where a folder is");
        assertRefused(WheelFile.of("other", "1.0").with("x/y.py", "").with("x", ""), "where a folder is");
    }

    @Test
    void twoReadersSeeTheSameMembers() {
        assertRefused(wheel().with("evil/a.py", "1").localName("evil/b.py"), "two names");
        assertRefused(wheel().sayingMembers(2), "more files than its directory says");
        assertRefused(wheel().sayingMembers(9), "damaged directory");
    }

    @Test
    void bytesBelongToOneMember() {
        WheelFile wheel = wheel();
        assertRefused(wheel, wheel.overlapping(), Reason.MALFORMED, "");
    }

    @Test
    void sizesAreTrue() {
        assertRefused(wheel().with("evil/a.py", "12345").sayingSize(4), "another size");
        assertRefused(wheel().with("evil/b.py", "12345").sayingSize(6), "another size");
        assertRefused(wheel().with("evil/c.py", "12345").method(0).sayingSize(6), "two sizes");
    }

    @Test
    void aBombEndsAtTheLimit() {
        WheelFile bomb = wheel().with("evil/bomb.bin", new byte[10_000_000]);

        assertRefused(bomb, bomb.bytes(), Reason.TOO_LARGE, "100000 bytes");
    }

    @Test
    void aBombThatLiesEndsAtTheSizeThatItSays() throws Exception {
        WheelFile lying = WheelFile.of("lying", "1.0")
                .with("lying/bomb.bin", new byte[10_000_000])
                .sayingSize(10);
        assertRefused(lying, lying.bytes(), Reason.MALFORMED, "another size");
        assertTrue(Files.size(root.resolve("lying/bomb.bin")) <= 10);
    }

    @Test
    void tooManyFilesAreRefused() {
        WheelFile many = wheel();
        for (int file = 0; file < 60; file++) {
            many.with("evil/" + file + ".py", "");
        }
        assertRefused(many, "more than 50 files");

        WheelFile deep = WheelFile.of("deep", "1.0");
        for (int file = 0; file < 20; file++) {
            deep.with(file + "/a/b/c/d.py", "");
        }
        assertRefused(deep, deep.bytes(), Reason.TOO_LARGE, "50 files and folders");
    }

    @Test
    void encryptedAndUnknownMembersAreRefused() {
        assertRefused(wheel().with("evil/a.py", "1").encrypted(), "encrypted");
        assertRefused(wheel().with("evil/a.py", "1").method(14), "unknown way");
    }

    @Test
    void aRecordThatLiesIsRefused() {
        WheelFile lying = wheel().with("evil/a.py", "1").lyingInRecord();
        assertRefused(lying, lying.bytes(), Reason.HASH_MISMATCH, "evil/a.py");
        assertRefused(wheel().withoutRecord(), "no RECORD");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "pipeline_engine/__init__.py",
                "datapipeline.py",
                "evil-1.0.data/purelib/datapipeline/x.py",
                "DataPipeline/a.py"
            })
    void namesOfTheEngineAreRefused(String name) {
        assertRefused(wheel().with(name, ""), "module of the engine");
    }

    @Test
    void aWheelOfAnotherPackageIsRefused() {
        assertRefused(WheelFile.of("evil", "1.0").with("other-1.0.dist-info/METADATA", ""), "2 folders *.dist-info");
        assertRefused(wheel().with("evil-1.0.data/purelib/", ""), "");
        assertRefused(wheel().with("evil-1.0.data/unknown/x", ""), "unknown kind");
    }

    @Test
    void anotherPackagesFileIsNotReplaced() throws Exception {
        LockedPackage good =
                WheelFile.of("good", "1.0").with("good/__init__.py", "GOOD = 1").write(folder);
        installer.install(good, folder.resolve(good.filename()));

        assertRefused(wheel().with("good/__init__.py", "EVIL = 1"), "good-1.0-py3-none-any.whl has as well");
        assertEquals("GOOD = 1", Files.readString(root.resolve("good/__init__.py")));
    }

    @Test
    void whatIsNoZipFileIsRefused() {
        WheelFile wheel = wheel();
        assertRefused(wheel, "<!DOCTYPE html>".getBytes(), Reason.MALFORMED, "not a zip file");
        assertRefused(wheel, new byte[0], Reason.MALFORMED, "not a zip file");
        byte[] whole = wheel.bytes();
        byte[] cut = java.util.Arrays.copyOf(whole, whole.length - 30);
        assertRefused(wheel, cut, Reason.MALFORMED, "not a zip file");
    }
}
