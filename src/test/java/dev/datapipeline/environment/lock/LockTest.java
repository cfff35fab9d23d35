package dev.datapipeline.environment.lock;

import static dev.datapipeline.environment.lock.Locks.locked;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;

class LockTest {
    @Test
    void packagesAreSortedSoThatTheirOrderDoesNotMatter() {
        Lock one = Locks.of(locked("numpy", "2.0"), locked("attrs", "1.0"));
        Lock other = Locks.of(locked("attrs", "1.0"), locked("numpy", "2.0"));

        assertEquals(other, one);
        assertEquals(other.key(), one.key());
        assertTrue(one.key().matches("[0-9a-f]{64}"));
    }

    @Test
    void theKeyIsThatOfTheWheelsAndNotOfHowTheyWereFound() {
        Lock lock = Locks.of(locked("attrs", "1.0"));
        LockedPackage found = lock.packages().getFirst();
        LockedPackage elsewhere = new LockedPackage(
                found.name(),
                found.version(),
                found.filename(),
                found.sha256(),
                found.size(),
                "internal",
                "https://example.org/attrs.whl",
                List.of("packages, line 1"));

        assertEquals(lock.key(), new Lock("3.11.9", lock.platform(), "sha256:2", "pip 26.0", List.of(elsewhere)).key());
    }

    @Test
    void theKeyChangesWithAWheelThePlatformAndTheMinorVersionOfPython() {
        Lock lock = Locks.of(locked("attrs", "1.0"));

        assertNotEquals(lock.key(), Locks.of(locked("attrs", "1.1")).key());
        assertNotEquals(
                lock.key(), new Lock("3.12.2", lock.platform(), lock.image(), lock.installer(), lock.packages()).key());
        assertNotEquals(
                lock.key(),
                new Lock(lock.python(), "musllinux_1_2_x86_64", lock.image(), lock.installer(), lock.packages()).key());
    }

    @Test
    void aPackageIsLockedOnce() {
        assertThrows(IllegalArgumentException.class, () -> Locks.of(locked("attrs", "1.0"), locked("attrs", "2.0")));
    }
}
