package dev.datapipeline.environment.service;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.datapipeline.environment.service.FolderGuard.Hold;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class FolderGuardTest {
    private final FolderGuard guard = new FolderGuard();
    private final UUID id = UUID.randomUUID();

    @Test
    void whatSomebodyUsesIsNotRemoved() {
        Hold first = guard.tryUse(id).orElseThrow();
        Hold second = guard.tryUse(id).orElseThrow();
        first.close();
        assertFalse(guard.tryRemove(id, "lock").isPresent());

        second.close();
        assertTrue(guard.tryRemove(id, "lock").isPresent());
    }

    @Test
    void whatIsBeingRemovedIsNotUsed() {
        Hold removal = guard.tryRemove(id, "lock").orElseThrow();
        assertFalse(guard.tryUse(id).isPresent());

        removal.close();
        assertTrue(guard.tryUse(id).isPresent());
    }

    @Test
    void folderThatIsBeingBuiltIsNotRemoved() throws InterruptedException {
        try (Hold build = guard.build("lock")) {
            assertFalse(guard.tryRemove(id, "lock").isPresent());
            assertTrue(guard.tryRemove(id, "other lock").isPresent());
        }
        assertTrue(guard.tryRemove(UUID.randomUUID(), "lock").isPresent());
    }

    @Test
    void secondBuildOfALockWaitsForTheFirst() throws Exception {
        CountDownLatch begun = new CountDownLatch(1);
        Hold first = guard.build("lock");
        Thread second = Thread.ofPlatform().start(() -> {
            try (Hold hold = guard.build("lock")) {
                begun.countDown();
            } catch (InterruptedException interrupted) {
                throw new AssertionError(interrupted);
            }
        });

        assertFalse(begun.await(50, TimeUnit.MILLISECONDS));
        first.close();
        assertTrue(begun.await(10, TimeUnit.SECONDS));
        second.join();
    }
}
