package dev.datapipeline.environment.worker;

import static dev.datapipeline.environment.TestEnvironments.lock;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.datapipeline.environment.build.PackagesRefusal;
import dev.datapipeline.environment.build.PackagesRefusedException;
import dev.datapipeline.environment.service.EnvironmentEnded;
import dev.datapipeline.environment.store.Environment;
import dev.datapipeline.environment.store.EnvironmentStatus;
import dev.datapipeline.environment.store.Obstacle;
import dev.datapipeline.environment.store.StepState;
import dev.datapipeline.environment.store.StepState.StepStatus;
import dev.datapipeline.environment.wheel.IndexUnreachableException;
import dev.datapipeline.sandbox.engine.SandboxFailure;
import dev.datapipeline.sandbox.engine.SandboxFailureException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EnvironmentWorkerTest {
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
    void environmentIsResolvedAndBuiltAndThatIsTold() {
        builds.work();

        Environment environment = found();
        assertEquals(EnvironmentStatus.READY, environment.status());
        assertEquals(lock("pandas"), environment.lock());
        assertEquals(new Environment.Files("folder-pandas", StandInBuilder.SIZE, false), environment.files());
        assertEquals(List.of(new EnvironmentEnded(id)), builds.ended.fired());
        assertEquals(List.of("DONE", "WAITING", "DONE", "WAITING", "WAITING"), statuses(environment));
        assertTrue(builds.table.repository.log(id, 0).contains("Collecting pandas>=2\n"));
    }

    private static List<String> statuses(Environment environment) {
        return environment.progress().steps().stream()
                .map(StepState::status)
                .map(StepStatus::name)
                .toList();
    }

    @Test
    void wrongRequirementFailsTheEnvironmentAndIsRemembered() {
        builds.builder.resolving = () -> {
            throw new PackagesRefusedException(PackagesRefusal.PACKAGE_NOT_FOUND, "There is no pandas.");
        };

        builds.work();

        assertEquals(EnvironmentStatus.FAILED, found().status());
        assertEquals(new Environment.Failure("PACKAGE_NOT_FOUND", "There is no pandas."), found().failure());
        assertEquals(List.of(new EnvironmentEnded(id)), builds.ended.fired());
        assertEquals(id, builds.table.ask("pandas>=2"));
        assertTrue(builds.table.repository.log(id, 0).contains("PACKAGE_NOT_FOUND: There is no pandas.\n"));
    }

    @Test
    void conflictIsNotRememberedSinceTheDeclarationHasToChange() {
        builds.builder.resolving = () -> {
            throw new PackagesRefusedException(PackagesRefusal.PACKAGES_CONFLICT, "They contradict.");
        };

        builds.work();

        assertNotEquals(id, builds.table.ask("pandas>=2"));
    }

    @Test
    void indexThatIsAwayDelaysAndNeverFails() throws SQLException {
        builds.builder.resolving = () -> {
            throw new IndexUnreachableException("default", "The index does not answer.");
        };

        for (int attempt = 1; attempt <= 10; attempt++) {
            builds.work();
            builds.table.rows.execute("update environment set not_before = now()");
        }

        assertEquals(EnvironmentStatus.RESOLVING, found().status());
        assertEquals(new Environment.Waiting(Obstacle.INDEX, "The index does not answer."), found().waiting());
        assertEquals(List.of(), builds.ended.fired());

        builds.builder.resolving = () -> {};
        builds.work();
        assertEquals(EnvironmentStatus.READY, found().status());
    }

    @Test
    void failingDockerDelaysWithTheLockKept() throws SQLException {
        builds.builder.building = () -> {
            throw new SandboxFailureException(SandboxFailure.DOCKER, "Docker is away.", null);
        };
        builds.work();

        assertEquals(EnvironmentStatus.BUILDING, found().status());
        assertEquals(new Environment.Waiting(Obstacle.DOCKER, "Docker is away."), found().waiting());

        builds.builder.building = () -> {};
        builds.table.rows.execute("update environment set not_before = now()");
        builds.work();
        assertEquals(List.of("resolve", "build", "build"), builds.builder.calls);
        assertEquals(EnvironmentStatus.READY, found().status());
    }

    @Test
    void builderThatDiesAgainAndAgainFailsTheEnvironment() throws SQLException {
        builds.builder.building = () -> {
            throw SandboxFailureException.died("The builder has died.", null);
        };

        builds.work();
        builds.table.rows.execute("update environment set not_before = now()");
        builds.work();
        assertEquals(new Environment.Waiting(Obstacle.SERVICE, "The builder has died."), found().waiting());
        builds.table.rows.execute("update environment set not_before = now()");
        builds.work();

        assertEquals(
                new Environment.Failure("ENVIRONMENT_FAILED", "The builder has died. Given up after 3 tries."),
                found().failure());
    }

    @Test
    void delaysByOthersDoNotCountAsCrashes() throws SQLException {
        builds.builder.building = () -> {
            throw new SandboxFailureException(SandboxFailure.DOCKER, "Docker is away.", null);
        };
        for (int delay = 0; delay < 3; delay++) {
            builds.work();
            builds.table.rows.execute("update environment set not_before = now()");
        }
        builds.builder.building = () -> {
            throw SandboxFailureException.died("The builder has died.", null);
        };
        builds.work();

        assertEquals(new Environment.Waiting(Obstacle.SERVICE, "The builder has died."), found().waiting());
    }

    @Test
    void environmentThatBringsTheServiceDownAgainAndAgainIsGivenUp() throws SQLException {
        for (int start = 1; start <= 5; start++) {
            builds.table.claim("installation/" + start);
            builds.table.claims.recover("installation", builds.instance.owner());
            builds.table.rows.execute("update environment set not_before = null");
        }

        builds.work();

        assertEquals(
                new Environment.Failure(
                        "ENVIRONMENT_FAILED", "The service has ended 5 times in a row while it was prepared."),
                found().failure());
        assertEquals(List.of(), builds.builder.calls);
    }

    @Test
    void interruptedBuildIsDoneAgainAtOnce() {
        builds.builder.building = () -> {
            throw new InterruptedException();
        };
        builds.work();

        assertEquals(EnvironmentStatus.BUILDING, found().status());
        assertEquals(2, builds.table.claim("installation/bob").attempt());
    }

    @Test
    void workerThatHasLostItsLeaseChangesNothing() {
        builds.builder.resolving = () -> takeOver();

        builds.work();

        assertEquals(EnvironmentStatus.RESOLVING, found().status());
        assertEquals(List.of("resolve"), builds.builder.calls);
        assertEquals(List.of(), builds.ended.fired());
    }

    private void takeOver() {
        try {
            builds.table.rows.execute("update environment set lease_until = now() - interval '1 s'");
        } catch (SQLException failed) {
            throw new AssertionError(failed);
        }
        builds.table.claim("installation/bob");
    }

    @Test
    void secondEnvironmentWithTheSameLockTakesTheFolder() {
        builds.work();
        UUID other = builds.table.ask("pandas>=1");
        builds.work();

        assertEquals(
                new Environment.Files("folder-pandas", StandInBuilder.SIZE, true),
                builds.table.find(other).files());
    }

    @Test
    void lockThatFitsNoMoreIsResolvedAnewBeforeItIsBuilt() {
        builds.work();
        builds.table.uses.evict(id);
        builds.builder.folders.clear();
        builds.builder.fits = false;
        builds.table.ask("pandas>=2");

        builds.work();
        assertEquals(EnvironmentStatus.RESOLVING, found().status());
        builds.builder.fits = true;
        builds.work();

        assertEquals(EnvironmentStatus.READY, found().status());
        assertEquals(List.of("resolve", "build", "resolve", "build"), builds.builder.calls);
    }

    private Environment found() {
        return builds.table.find(id);
    }
}
