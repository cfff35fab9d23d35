package dev.datapipeline.environment.worker;

import static dev.datapipeline.environment.TestEnvironments.declared;
import static dev.datapipeline.testing.Eventually.eventually;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.datapipeline.environment.TestEnvironments;
import dev.datapipeline.environment.service.EnvironmentWanted;
import dev.datapipeline.environment.store.Environment;
import dev.datapipeline.environment.store.EnvironmentStatus;
import dev.datapipeline.identity.Membership;
import dev.datapipeline.testing.TestDatabase;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

class EnvironmentBuildsTest {
    @TempDir
    Path folder;

    private BuildFixture fixture;
    private EnvironmentBuilds builds;

    @BeforeEach
    void open() throws Exception {
        fixture = new BuildFixture(folder, 1_000_000);
        builds = fixture.builds();
    }

    @AfterEach
    void close() {
        builds.stop(new ShutdownEvent());
    }

    private boolean isReady(UUID id) {
        return fixture.table.find(id).status() == EnvironmentStatus.READY;
    }

    @Test
    void fiftyWhoAskAreOneBuild() throws Exception {
        builds.start(new StartupEvent());

        Set<UUID> asked = new HashSet<>();
        for (int asker = 0; asker < 50; asker++) {
            asked.add(fixture.environments
                    .ask(Membership.DEFAULT_PROJECT, declared("a"))
                    .orElseThrow());
            builds.wanted(new EnvironmentWanted());
        }

        assertEquals(1, asked.size());
        UUID id = asked.iterator().next();
        eventually("the environment is ready", () -> isReady(id));
        assertEquals(List.of("sweep", "resolve", "build"), fixture.builder.calls);
    }

    @Test
    void buildThatAnEarlierProcessHasBegunIsDoneAgainAtOnceAfterTheStart() throws Exception {
        UUID id = fixture.table.ask("a");
        fixture.table.claim("installation/earlier");

        builds.start(new StartupEvent());

        eventually("the environment is ready", () -> isReady(id));
        assertEquals("sweep", fixture.builder.calls.getFirst());
    }

    @Test
    void stopInterruptsABuildWhichIsGivenBack() throws Exception {
        CountDownLatch building = new CountDownLatch(1);
        CountDownLatch never = new CountDownLatch(1);
        fixture.builder.building = () -> {
            building.countDown();
            never.await();
        };
        UUID id = fixture.table.ask("a");
        builds.start(new StartupEvent());
        building.await();

        builds.stop(new ShutdownEvent());

        eventually("the claim is given back", () -> fixture.table.find(id).isQueued());
        assertEquals(EnvironmentStatus.BUILDING, fixture.table.find(id).status());
    }

    @Test
    void buildWhoseLeaseCannotBeRenewedIsInterrupted() throws Exception {
        CountDownLatch interrupted = beginEndlessBuild();

        fixture.heartbeats.interruptExpired();
        assertEquals(1, interrupted.getCount());
        fixture.ticker.advance(TestEnvironments.LEASE);
        fixture.heartbeats.interruptExpired();

        interrupted.await();
    }

    @Test
    @Timeout(20)
    void buildIsInterruptedInTimeAlthoughTheDatabaseHangs() throws Exception {
        CountDownLatch interrupted = beginEndlessBuild();
        try (Connection other = TestDatabase.shared().getConnection()) {
            other.setAutoCommit(false);
            other.createStatement().execute("select from environment for update");
            Thread beat = Thread.ofPlatform().start(fixture.heartbeats::beat);
            eventually("the progress of the build waits for the row", this::isRowWaitedFor);

            fixture.ticker.advance(TestEnvironments.LEASE);
            fixture.heartbeats.interruptExpired();

            interrupted.await();
            other.rollback();
            beat.join();
        }
    }

    private boolean isRowWaitedFor() {
        try {
            return fixture.table
                    .rows
                    .row(
                            "select count(*) from pg_stat_activity where wait_event_type = 'Lock' and datname = current_database()")
                    .equals(List.of("1"));
        } catch (SQLException failed) {
            throw new AssertionError(failed);
        }
    }

    @Test
    void filesThatBelongToNoEnvironmentAreRemovedBeforeTheFirstBuild() {
        fixture.table.ready("a", 10);
        fixture.table.uses.evict(fixture.table.ready("b", 10));

        builds.start(new StartupEvent());

        assertEquals(Set.of(TestEnvironments.lock("a").key()), fixture.builder.swept);
    }

    @Test
    void whoWaitsIsToldTheEndOfABuild() throws Exception {
        UUID id = fixture.table.ask("a");
        builds.start(new StartupEvent());
        eventually("the environment is ready", () -> isReady(id));

        Environment environment = fixture.environments.await(id, Duration.ofMinutes(1));

        assertEquals(EnvironmentStatus.READY, environment.status());
    }

    @Test
    void whoWaitsInVainIsToldHowFarItIs() throws Exception {
        UUID id = fixture.table.ask("a");

        assertEquals(
                EnvironmentStatus.RESOLVING,
                fixture.environments.await(id, Duration.ZERO).status());
    }

    /** Begins a build that ends only when it is interrupted, and returns what is counted down then. */
    private CountDownLatch beginEndlessBuild() throws Exception {
        CountDownLatch building = new CountDownLatch(1);
        CountDownLatch never = new CountDownLatch(1);
        CountDownLatch interrupted = new CountDownLatch(1);
        fixture.builder.building = () -> {
            building.countDown();
            try {
                never.await();
            } finally {
                interrupted.countDown();
            }
        };
        fixture.table.ask("a");
        builds.start(new StartupEvent());
        building.await();
        return interrupted;
    }
}
