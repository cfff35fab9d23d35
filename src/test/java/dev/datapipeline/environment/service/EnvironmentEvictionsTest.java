package dev.datapipeline.environment.service;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.datapipeline.environment.store.EnvironmentStatus;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EnvironmentEvictionsTest {
    @TempDir
    Path folder;

    private BuildFixture builds;

    @BeforeEach
    void open() throws Exception {
        builds = new BuildFixture(folder, 2 * StandInBuilder.SIZE);
    }

    private UUID built(String name) {
        UUID id = builds.table.ask(name);
        builds.work();
        return id;
    }

    @Test
    void theOneThatWasNotUsedForLongestIsRemovedWhenTheLimitIsExceeded() throws SQLException {
        UUID first = built("a");
        UUID second = built("b");
        builds.table.age(first, 1);
        builds.table.age(second, 2);

        built("c");

        assertEquals(EnvironmentStatus.READY, builds.table.find(first).status());
        assertEquals(EnvironmentStatus.EVICTED, builds.table.find(second).status());
        assertEquals(Set.of("folder-a", "folder-c"), builds.builder.folders);
    }

    @Test
    void filesOfOpenRunsAndTrialsStayWhateverTheLimitIs() throws Exception {
        UUID ofRun = built("a");
        builds.table.run(ofRun);
        UUID ofTrial = built("b");
        builds.table.age(ofRun, 2);
        builds.table.age(ofTrial, 1);

        try (Environments.Use use = builds.environments.use(ofTrial).orElseThrow()) {
            UUID third = built("c");
            assertEquals(EnvironmentStatus.READY, builds.table.find(third).status());
            built("d");

            assertEquals(EnvironmentStatus.EVICTED, builds.table.find(third).status());
            assertEquals(Set.of("folder-a", use.folder(), "folder-d"), builds.builder.folders);
        }
    }

    @Test
    void removedEnvironmentIsBuiltAgainFromItsLockWhenSomebodyNeedsIt() {
        UUID id = built("a");

        assertTrue(builds.evictions.remove(id));
        assertEquals(Set.of(), builds.builder.folders);
        assertEquals(Optional.of(id), builds.environments.keep(id));
        builds.work();

        assertEquals(EnvironmentStatus.READY, builds.table.find(id).status());
        assertEquals(1, builds.builder.calls.stream().filter("resolve"::equals).count());
    }

    @Test
    void environmentInUseIsNotRemoved() throws SQLException {
        UUID id = built("a");
        builds.table.run(id);
        UUID building = builds.table.ask("b");

        assertFalse(builds.evictions.remove(id));
        assertFalse(builds.evictions.remove(building));
        assertEquals(Set.of("folder-a"), builds.builder.folders);
    }
}
