package dev.datapipeline.environment.store;

import static dev.datapipeline.environment.TestEnvironments.ALICE;
import static dev.datapipeline.environment.TestEnvironments.BOB;
import static dev.datapipeline.environment.TestEnvironments.LEASE;
import static dev.datapipeline.environment.TestEnvironments.lock;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.datapipeline.environment.TestEnvironments;
import dev.datapipeline.environment.store.EnvironmentClaim.Setbacks;
import dev.datapipeline.environment.store.StepState.StepStatus;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class EnvironmentClaimsTest {
    private static final Duration SHORT = Duration.ofMillis(5);
    private static final Environment.Files FILES = new Environment.Files("folder", 10, true);

    private TestEnvironments environments;
    private EnvironmentClaims claims;
    private UUID id;

    @BeforeEach
    void ask() throws SQLException {
        environments = new TestEnvironments();
        claims = environments.claims;
        id = environments.ask("a");
    }

    @Test
    void claimIsGrantedOnce() {
        EnvironmentClaim claim = environments.claim(ALICE);

        assertEquals(id, claim.id());
        assertEquals(1, claim.attempt());
        assertNull(claim.lock());
        assertEquals(List.of("a"), claim.declared().lines());
        assertEquals(Optional.empty(), claims.claim(BOB, LEASE));
    }

    @Test
    void expiredLeaseIsClaimedByAnotherAndTheFirstChangesNothing() throws SQLException {
        EnvironmentClaim lost = environments.claim(ALICE);
        environments.rows.execute("update environment set lease_until = now() - interval '1 s'");

        EnvironmentClaim taken = environments.claim(BOB);

        assertEquals(2, taken.attempt());
        assertEquals(Set.of(), claims.renew(List.of(lost), ALICE, LEASE));
        assertFalse(claims.locked(lost, ALICE, lock("old"), SHORT));
        assertFalse(claims.failed(lost, ALICE, new Environment.Failure("X", "x"), SHORT));
        assertFalse(claims.delay(lost, ALICE, new Environment.Waiting(Obstacle.INDEX, "x"), SHORT));
        claims.report(lost, ALICE, Environment.Progress.NONE, 0, "old");
        claims.release(lost, ALICE);
        assertTrue(claims.locked(taken, BOB, lock("new"), SHORT));
        assertFalse(claims.built(lost, ALICE, FILES, SHORT));
        assertTrue(claims.built(taken, BOB, FILES, SHORT));
        assertEquals(lock("new"), environments.find(id).lock());
        assertEquals("", environments.repository.log(id, 0));
    }

    @Test
    void renewedLeaseIsKept() throws SQLException {
        EnvironmentClaim claim = environments.claim(ALICE);
        environments.rows.execute("update environment set lease_until = now() + interval '1 s'");

        assertEquals(Set.of(id), claims.renew(List.of(claim), ALICE, LEASE));

        assertEquals(
                List.of("true"),
                environments.rows.row(
                        "select lease_until > now() + interval '20 s' from environment where id = ?", id));
    }

    @Test
    void environmentGoesFromResolvingOverBuildingToReady() {
        EnvironmentClaim claim = environments.claim(ALICE);

        assertTrue(claims.locked(claim, ALICE, lock("a"), Duration.ofMillis(812)));
        assertEquals(EnvironmentStatus.BUILDING, environments.find(id).status());
        assertTrue(claims.built(claim, ALICE, FILES, Duration.ofMillis(2310)));

        Environment environment = environments.find(id);
        assertEquals(EnvironmentStatus.READY, environment.status());
        assertEquals(FILES, environment.files());
        assertEquals(812L, environment.times().resolveMillis());
        assertEquals(2310L, environment.times().buildMillis());
        assertNotNull(environment.times().endedAt());
        assertEquals(Optional.empty(), claims.claim(BOB, LEASE));
    }

    @Test
    void delayedEnvironmentIsClaimedWhenItsTimeHasComeAndCountsItsFailures() throws SQLException {
        EnvironmentClaim claim = environments.claim(ALICE);

        claims.delay(claim, ALICE, new Environment.Waiting(Obstacle.INDEX, "it is away"), Duration.ofMinutes(1));

        assertEquals(EnvironmentStatus.RESOLVING, environments.find(id).status());
        assertEquals(
                new Environment.Waiting(Obstacle.INDEX, "it is away"),
                environments.find(id).waiting());
        assertEquals(Optional.empty(), claims.claim(BOB, LEASE));
        environments.rows.execute("update environment set not_before = now()");
        assertEquals(new Setbacks(1, 0, 0), environments.claim(BOB).setbacks());
    }

    @Test
    void thoseThatFailAgainAndAgainGoAfterOthers() {
        claims.delay(environments.claim(ALICE), ALICE, new Environment.Waiting(Obstacle.INDEX, "away"), Duration.ZERO);

        UUID younger = environments.ask("b");

        assertEquals(younger, environments.claim(BOB).id());
        assertEquals(id, environments.claim(BOB).id());
    }

    @Test
    void lockForgetsEarlierFailures() {
        claims.delay(environments.claim(ALICE), ALICE, new Environment.Waiting(Obstacle.DOCKER, "away"), Duration.ZERO);
        EnvironmentClaim claim = environments.claim(ALICE);
        claims.locked(claim, ALICE, lock("a"), SHORT);

        assertNull(environments.find(id).waiting());
        claims.release(claim, ALICE);
        assertEquals(new Setbacks(0, 0, 0), environments.claim(ALICE).setbacks());
    }

    @Test
    void buildsOfEarlierProcessesAreClaimedAtOnceAfterARestart() {
        environments.claim(ALICE);

        assertEquals(0, claims.recover("other", "other/next"));
        assertEquals(0, claims.recover("installation", ALICE));
        assertEquals(1, claims.recover("installation", "installation/next"));

        EnvironmentClaim again = environments.claim("installation/next");
        assertEquals(2, again.attempt());
        assertEquals(new Setbacks(1, 0, 1), again.setbacks());
    }

    @Test
    void secondDeathOfAProcessInARowDelaysTheNextTry() throws SQLException {
        environments.claim(ALICE);
        claims.recover("installation", "installation/next");
        environments.claim("installation/next");
        claims.recover("installation", BOB);

        assertEquals(Optional.empty(), claims.claim(BOB, LEASE));
        environments.rows.execute("update environment set not_before = now()");
        assertEquals(new Setbacks(2, 0, 2), environments.claim(BOB).setbacks());
    }

    @Test
    void crashesAreCountedApartFromObstacles() throws SQLException {
        delay(Obstacle.SERVICE);
        delay(Obstacle.SERVICE);
        assertEquals(new Setbacks(2, 2, 0), delay(Obstacle.INDEX));
        assertEquals(new Setbacks(3, 0, 0), delay(Obstacle.SERVICE));
    }

    /** Returns the setbacks before this delay. */
    private Setbacks delay(Obstacle obstacle) throws SQLException {
        environments.rows.execute("update environment set not_before = null");
        EnvironmentClaim claim = environments.claim(ALICE);
        claims.delay(claim, ALICE, new Environment.Waiting(obstacle, "x"), Duration.ZERO);
        return claim.setbacks();
    }

    @Test
    void progressIsShown() {
        EnvironmentClaim claim = environments.claim(ALICE);
        StepState step = new StepState("fetch", StepStatus.RUNNING, 12L, 31L, 48L);

        claims.report(claim, ALICE, new Environment.Progress(List.of(step), List.of("careful")), 0, "line\n");

        Environment environment = environments.find(id);
        assertEquals(List.of(step), environment.progress().steps());
        assertEquals(List.of("careful"), environment.progress().warnings());
        claims.release(claim, ALICE);
        assertEquals(5, environments.claim(ALICE).logLength());
    }

    @Test
    void damagedFilesAreMadeAgainOnce() {
        EnvironmentClaim claim = environments.claim(ALICE);
        claims.locked(claim, ALICE, lock("a"), SHORT);
        claims.built(claim, ALICE, FILES, SHORT);

        assertTrue(environments.repository.buildAgain(id));
        assertFalse(environments.repository.buildAgain(id));

        assertEquals(lock("a"), environments.claim(BOB).lock());
    }

    @Test
    void lockThatFitsNoMoreIsResolvedAnew() {
        EnvironmentClaim claim = environments.claim(ALICE);
        claims.locked(claim, ALICE, lock("a"), SHORT);

        assertTrue(claims.resolveAgain(claim, ALICE));

        assertEquals(EnvironmentStatus.RESOLVING, environments.find(id).status());
        assertNull(environments.claim(BOB).lock());
    }
}
