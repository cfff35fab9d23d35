package dev.datapipeline.environment.store;

import static dev.datapipeline.environment.TestEnvironments.ALICE;
import static dev.datapipeline.environment.TestEnvironments.lock;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.datapipeline.environment.TestEnvironments;
import dev.datapipeline.environment.store.EnvironmentUses.Candidate;
import dev.datapipeline.environment.store.EnvironmentUses.Removal;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class EnvironmentUsesTest {
    private TestEnvironments environments;
    private EnvironmentUses uses;

    @BeforeEach
    void open() throws SQLException {
        environments = new TestEnvironments();
        uses = environments.uses;
    }

    @Test
    void environmentOfAnOpenRunIsNotEvicted() throws SQLException {
        UUID id = environments.ready("a", 10);
        UUID run = environments.run(id);

        assertEquals(List.of(), uses.leastRecentlyUsed(10));
        assertEquals(new Removal.InUse(), uses.evict(id));

        environments.rows.execute(
                "update run set status = 'CANCELLED', cancelled = records, finished_at = now() where id = ?", run);
        assertEquals(new Removal.Removed(Optional.of("a")), uses.evict(id));
        assertEquals(EnvironmentStatus.EVICTED, environments.find(id).status());
        assertEquals(lock("a"), environments.find(id).lock());
    }

    @Test
    void theOneThatWasNotUsedForLongestComesFirst() throws SQLException {
        UUID first = environments.ready("a", 10);
        UUID second = environments.ready("b", 10);
        environments.age(first, 5);
        environments.age(second, 10);

        assertEquals(
                List.of(second, first),
                uses.leastRecentlyUsed(10).stream().map(Candidate::id).toList());
    }

    @Test
    void folderOfTwoEnvironmentsIsCountedOnceAndStaysUntilBothAreEvicted() {
        UUID first = environments.ready("a", 10);
        UUID second = environments.ask("b");
        EnvironmentClaim claim = environments.claim(ALICE);
        environments.claims.locked(claim, ALICE, lock("a"), Duration.ZERO);
        environments.claims.built(claim, ALICE, new Environment.Files("a", 10, true), Duration.ZERO);

        assertEquals(new EnvironmentUses.Usage(10, 1), uses.usage());
        assertEquals(new Removal.Removed(Optional.empty()), uses.evict(first));
        assertEquals(new Removal.Removed(Optional.of("a")), uses.evict(second));
        assertEquals(new EnvironmentUses.Usage(0, 0), uses.usage());
    }

    @Test
    void environmentThatIsBeingBuiltIsNotRemoved() {
        UUID id = environments.ask("a");

        assertEquals(Optional.empty(), uses.candidate(id));
        assertEquals(new Removal.InUse(), uses.evict(id));
    }

    @Test
    void rowGoesOnlyWhenNobodyRefersToIt() throws SQLException {
        UUID used = environments.ready("a", 10);
        environments.run(used);
        UUID unused = environments.ready("b", 10);
        environments.rows.execute("update environment set status = 'EVICTED', last_used_at = now() - interval '2 min'");

        assertFalse(uses.delete(used));
        assertTrue(uses.delete(unused));
    }

    @Test
    void rowThatSomebodyWasToldToUseAMomentAgoStays() {
        UUID id = environments.ready("a", 10);
        uses.evict(id);

        assertFalse(uses.delete(id));
    }

    @Test
    void usersAreTheRunsAndTheVersionsOfPipelines() throws SQLException {
        UUID id = environments.ready("a", 10);
        environments.run(id);
        UUID ended = environments.run(id);
        environments.rows.execute(
                "update run set status = 'CANCELLED', cancelled = records, finished_at = now() where id = ?", ended);
        UUID pipeline = environments.version(id);

        assertEquals(
                new EnvironmentUses.Users(List.of(new EnvironmentUses.PipelineVersion(pipeline, "clean", 3)), 2, 1),
                uses.of(List.of(id), 10).get(id));
    }

    @Test
    void wheelsAreNeededOfFilesThatAreThereAndOfLocksThatSomethingRefersTo() throws SQLException {
        environments.ready("a", 10);
        UUID ofVersion = environments.ready("b", 10);
        environments.version(ofVersion);
        UUID spare = environments.ready("c", 10);
        uses.evict(ofVersion);
        uses.evict(spare);

        assertEquals(Set.of(wheel("a"), wheel("b")), uses.lockedWheels());
    }

    private static String wheel(String name) {
        return lock(name).packages().getFirst().sha256();
    }

    @Test
    void environmentThatARunWaitsForIsNotAbandoned() throws SQLException {
        UUID ready = environments.ready("a", 10);
        UUID ofRun = environments.ask("b");
        environments.run(ofRun);

        assertFalse(uses.abandon(ofRun));
        assertFalse(uses.abandon(ready));
    }

    @Test
    void abandonedBuildKeepsItsLockAndItsWorkerChangesNothing() {
        UUID id = environments.ask("a");
        EnvironmentClaim claim = environments.claim(ALICE);
        environments.claims.locked(claim, ALICE, lock("a"), Duration.ZERO);

        assertTrue(uses.abandon(id));

        assertEquals(EnvironmentStatus.EVICTED, environments.find(id).status());
        assertFalse(environments.claims.built(claim, ALICE, new Environment.Files("a", 10, false), Duration.ZERO));
        assertEquals(Set.of(), environments.claims.renew(List.of(claim), ALICE, Duration.ofSeconds(30)));
    }

    @Test
    void environmentThatIsWorkedOnIsNotAbandonedByTime() throws SQLException {
        UUID id = environments.ask("a");
        environments.claim(ALICE);
        environments.age(id, 61);

        assertEquals(List.of(), uses.notWaitedFor(Duration.ofMinutes(60)));
        environments.rows.execute("update environment set lease_until = now() - interval '1 s'");
        assertEquals(List.of(id), uses.notWaitedFor(Duration.ofMinutes(60)));
    }
}
