package dev.datapipeline.environment.service;

import static dev.datapipeline.environment.TestEnvironments.lock;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;

import dev.datapipeline.environment.build.PackagesRefusal;
import dev.datapipeline.environment.build.PackagesRefusedException;
import dev.datapipeline.environment.store.Environment;
import dev.datapipeline.environment.store.EnvironmentStatus;
import dev.datapipeline.environment.worker.BuildFixture;
import java.nio.file.Path;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Environments that were asked for before: their locks stay, and their files are made again where that is necessary. */
class KeptEnvironmentsTest {
    @TempDir
    Path folder;

    private BuildFixture builds;
    private UUID id;

    @BeforeEach
    void ask() throws Exception {
        builds = new BuildFixture(folder, 1_000_000);
        id = builds.table.ask("pandas>=2");
    }

    @Test
    void lockOfAVersionOutlivesAFailedRebuild() {
        builds.work();
        builds.table.uses.evict(id);
        builds.builder.folders.clear();
        builds.builder.building = () -> {
            throw new PackagesRefusedException(PackagesRefusal.ENVIRONMENT_TOO_LARGE, "It is too large.");
        };
        assertEquals(Optional.of(id), builds.environments.keep(id));
        builds.work();
        assertEquals(EnvironmentStatus.FAILED, found().status());

        builds.builder.building = () -> {};
        assertEquals(Optional.of(id), builds.environments.keep(id));
        builds.work();

        assertEquals(EnvironmentStatus.READY, found().status());
        assertEquals(lock("pandas"), found().lock());
        assertEquals(1, builds.builder.calls.stream().filter("resolve"::equals).count());
    }

    @Test
    void missingWheelOfALockIsRememberedAndTheLockStays() {
        builds.builder.building = () -> {
            throw new PackagesRefusedException(PackagesRefusal.PACKAGE_NOT_FOUND, "The wheel is gone.");
        };
        builds.work();

        assertEquals(Optional.of(id), builds.environments.keep(id));

        assertEquals(EnvironmentStatus.FAILED, found().status());
        assertEquals(lock("pandas"), found().lock());
    }

    @Test
    void filesForAnotherPythonAreMadeAgainBeforeTheyAreUsed() throws Exception {
        builds.work();
        builds.guard.forget("folder-pandas");
        builds.builder.fits = false;

        assertFalse(builds.files.use(id).isPresent());

        assertEquals(EnvironmentStatus.BUILDING, found().status());
    }

    @Test
    void usingDamagedFilesHasThemMadeAgain() throws Exception {
        builds.work();
        builds.guard.forget("folder-pandas");
        builds.builder.folders.clear();

        assertFalse(builds.files.use(id).isPresent());
        assertEquals(EnvironmentStatus.BUILDING, found().status());
        assertNotNull(found().lock());

        builds.work();
        try (EnvironmentFiles.Use use = builds.files.use(id).orElseThrow()) {
            assertEquals("folder-pandas", use.folder());
        }
    }

    private Environment found() {
        return builds.table.find(id);
    }
}
