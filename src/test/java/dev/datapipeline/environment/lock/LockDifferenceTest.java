package dev.datapipeline.environment.lock;

import static dev.datapipeline.environment.lock.Locks.locked;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.datapipeline.environment.lock.LockDifference.Change;
import java.util.List;
import org.junit.jupiter.api.Test;

class LockDifferenceTest {
    @Test
    void addedRemovedAndChangedPackagesAreNamed() {
        Lock before = Locks.of(locked("attrs", "1.0"), locked("numpy", "1.0"), locked("same", "1.0"));
        Lock after = Locks.of(locked("numpy", "2.0"), locked("pandas", "2.0"), locked("same", "1.0"));

        LockDifference difference = LockDifference.between(before, after);

        assertNull(difference.python());
        assertEquals(
                List.of(
                        new Change("attrs", "1.0", null),
                        new Change("numpy", "1.0", "2.0"),
                        new Change("pandas", null, "2.0")),
                difference.packages());
    }

    @Test
    void anotherPythonIsADifference() {
        Lock before = Locks.of();
        Lock after = new Lock("3.12.1", before.platform(), before.image(), before.installer(), List.of());

        assertEquals(
                new Change("python", "3.11.2", "3.12.1"),
                LockDifference.between(before, after).python());
    }

    @Test
    void equalLocksDoNotDiffer() {
        assertTrue(LockDifference.between(Locks.of(locked("attrs", "1.0")), Locks.of(locked("attrs", "1.0")))
                .isEmpty());
    }
}
