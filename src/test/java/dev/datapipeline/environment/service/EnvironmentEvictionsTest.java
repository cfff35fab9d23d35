package dev.datapipeline.environment.service;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.datapipeline.environment.TestEnvironments;
import dev.datapipeline.environment.store.Environment;
import dev.datapipeline.environment.store.EnvironmentRepository;
import dev.datapipeline.environment.store.EnvironmentStatus;
import dev.datapipeline.environment.store.Obstacle;
import dev.datapipeline.environment.worker.BuildFixture;
import dev.datapipeline.environment.worker.StandInBuilder;
import dev.datapipeline.identity.Membership;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
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

        try (EnvironmentFiles.Use use = builds.files.use(ofTrial).orElseThrow()) {
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

        assertTrue(builds.removals.remove(id));
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
        builds.table.run(building);
        UUID ofTrial = builds.table.ask("c");

        assertFalse(builds.removals.remove(id));
        assertFalse(builds.removals.remove(building));
        try (EnvironmentFiles.Waiting waiting = builds.files.waitFor(ofTrial)) {
            assertFalse(builds.removals.remove(ofTrial));
        }
        assertEquals(Set.of("folder-a"), builds.builder.folders);
        assertEquals(EnvironmentStatus.RESOLVING, builds.table.find(building).status());
    }

    @Test
    void environmentThatIsNotReadyAndThatNobodyWaitsForIsRemoved() {
        UUID id = builds.table.ask("a");
        builds.table.claim(builds.instance.owner());

        assertTrue(builds.removals.remove(id));

        assertEquals(Optional.empty(), builds.table.repository.find(id));
    }

    @Test
    void environmentsThatCannotBeBuiltAreTriedForAnHourAndLongerWhereARunWaits() throws SQLException {
        UUID inVain = builds.table.ask("a");
        UUID ofRun = builds.table.ask("b");
        builds.table.run(ofRun);
        builds.table.age(inVain, 61);
        builds.table.age(ofRun, 61);
        UUID young = builds.table.ask("c");
        builds.table.age(young, 59);

        builds.evictions.clean();

        assertEquals(Optional.empty(), builds.table.repository.find(inVain));
        assertEquals(EnvironmentStatus.RESOLVING, builds.table.find(ofRun).status());
        assertEquals(EnvironmentStatus.RESOLVING, builds.table.find(young).status());
    }

    @Test
    void environmentsThatNobodyWaitsForMakeRoomForANewOneWhenThereAreTooMany() throws SQLException {
        builds.table.rows.execute(
                "insert into environment (id, project_id, declaration, declaration_key, last_used_at) select gen_random_uuid(), '00000000-0000-0000-0000-000000000001', '{}', 'other', now() - interval '2 min' from generate_series(1, ?)",
                EnvironmentRepository.MAX_OPEN);

        UUID asked = builds.environments
                .ask(Membership.DEFAULT_PROJECT, TestEnvironments.declared("a"))
                .orElseThrow();

        assertEquals(EnvironmentStatus.RESOLVING, builds.table.find(asked).status());
        assertEquals(List.of("1"), builds.table.rows.row("select count(*) from environment"));
    }

    @Test
    void filesThatNothingRefersToAreRemovedAfterAWeek() throws Exception {
        builds = new BuildFixture(folder, 1_000_000);
        UUID spare = built("a");
        UUID ofVersion = built("b");
        UUID young = built("c");
        builds.table.version(ofVersion);
        builds.table.age(spare, 7 * 24 * 60 + 1);
        builds.table.age(ofVersion, 7 * 24 * 60 + 1);
        builds.table.age(young, 7 * 24 * 60 - 1);

        builds.evictions.clean();

        assertEquals(Optional.empty(), builds.table.repository.find(spare));
        assertEquals(Set.of("folder-b", "folder-c"), builds.builder.folders);
    }

    @Test
    void diskThatIsFullDelaysBeforeAnythingIsFetched() {
        UUID id = builds.table.ask("a");
        builds.builder.free = 1_000;

        builds.work();

        assertEquals(List.of("resolve"), builds.builder.calls);
        Environment.Waiting waiting = builds.table.find(id).waiting();
        assertEquals(Obstacle.DISK, waiting == null ? null : waiting.obstacle());
    }
}
