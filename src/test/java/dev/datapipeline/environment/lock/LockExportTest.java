package dev.datapipeline.environment.lock;

import static dev.datapipeline.environment.lock.Locks.locked;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;

class LockExportTest {
    private static final String DIGEST = "ab".repeat(32);

    @Test
    void pylockNamesEveryWheelWithItsAddressAndDigest() {
        LockedPackage attrs = new LockedPackage(
                "attrs",
                "25.1.0",
                "attrs-25.1.0-py3-none-any.whl",
                DIGEST,
                63_152,
                "default",
                "https://files.example.org/attrs-25.1.0-py3-none-any.whl",
                List.of());

        assertEquals("""
                # Locked by Data Pipeline Framework for Python 3.11 on manylinux_2_36_x86_64
                lock-version = "1.0"
                created-by = "data-pipeline-framework"
                requires-python = "==3.11.*"

                [[packages]]
                name = "attrs"
                version = "25.1.0"
                wheels = [{name = "attrs-25.1.0-py3-none-any.whl", url = "https://files.example.org/attrs-25.1.0-py3-none-any.whl", \
                size = 63152, hashes = {sha256 = "%s"}}]
                """.formatted(DIGEST), LockExport.pylock(Locks.of(attrs)));
    }

    @Test
    void anUploadedWheelIsExpectedBesideThePylock() {
        assertTrue(LockExport.pylock(Locks.of(locked("acme", "1.0")))
                .contains("path = \"wheels/acme-1.0-py3-none-any.whl\""));
    }

    @Test
    void requirementsPinEveryPackageToItsWheel() {
        LockedPackage attrs = locked("attrs", "25.1.0");
        LockedPackage numpy = locked("numpy", "2.0");

        assertEquals("""
                # Locked by Data Pipeline Framework for Python 3.11 on manylinux_2_36_x86_64
                attrs==25.1.0 \\
                    --hash=sha256:%s
                numpy==2.0 \\
                    --hash=sha256:%s
                """.formatted(attrs.sha256(), numpy.sha256()), LockExport.requirements(Locks.of(numpy, attrs)));
    }

    @Test
    void textsCannotLeaveTheirPlace() {
        Lock hostile = new Lock(
                "3.11.2",
                "linux\n[[packages]]",
                "sha256:1",
                "pip",
                List.of(new LockedPackage("a\"b", "1\\\n2", "a\u0001.whl", DIGEST, 1, "default", null, List.of())));

        String pylock = LockExport.pylock(hostile);

        assertTrue(pylock.contains("on linux?[[packages]]\n"), pylock);
        assertTrue(pylock.contains("name = \"a\\\"b\"\n"), pylock);
        assertTrue(pylock.contains("version = \"1\\\\\\u000A2\"\n"), pylock);
        assertTrue(pylock.contains("\"wheels/a\\u0001.whl\""), pylock);
    }
}
