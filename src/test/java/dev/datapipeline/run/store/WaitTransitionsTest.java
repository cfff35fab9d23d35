package dev.datapipeline.run.store;

import static dev.datapipeline.environment.TestEnvironments.ALICE;
import static dev.datapipeline.environment.TestEnvironments.lock;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.datapipeline.database.Transactions;
import dev.datapipeline.environment.TestEnvironments;
import dev.datapipeline.environment.store.Environment;
import dev.datapipeline.environment.store.EnvironmentClaim;
import dev.datapipeline.run.BatchId;
import dev.datapipeline.run.RunStatus;
import dev.datapipeline.run.TestBatches;
import dev.datapipeline.run.event.RunSubmitted;
import dev.datapipeline.run.store.batch.BatchRepository;
import dev.datapipeline.run.store.batch.PendingBatches;
import dev.datapipeline.run.store.batch.PendingBatches.OpenRun;
import dev.datapipeline.testing.TestDatabase;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class WaitTransitionsTest {
    private static final Duration LEASE = Duration.ofSeconds(30);

    private final Transactions transactions = new Transactions(TestDatabase.shared());
    private final BatchRepository batches = TestBatches.open();
    private final PendingBatches pending = new PendingBatches(transactions);
    private TestEnvironments environments;
    private UUID environment;
    private UUID run;

    @BeforeEach
    void submit() throws SQLException {
        environments = new TestEnvironments();
        environment = environments.ask("a");
        run = environments.rows.run(2);
    }

    private boolean set() {
        return transactions.run(transaction -> WaitTransitions.set(transaction, run, environment, "[\"a\"]", 1024));
    }

    private List<RunSubmitted> goOn() {
        return transactions.run(transaction -> WaitTransitions.goOn(transaction, environment));
    }

    private void build() {
        EnvironmentClaim claim = environments.claim(ALICE);
        environments.claims.locked(claim, ALICE, lock("a"), Duration.ZERO);
        environments.claims.built(claim, ALICE, new Environment.Files("a", 1, false), Duration.ZERO);
    }

    @Test
    void nothingOfAWaitingRunIsDispatchedOrClaimed() {
        assertTrue(set());

        assertEquals(List.of(), pending.due(run, 0, 10));
        assertEquals(Optional.empty(), batches.claim(new BatchId(run, 0), ALICE, LEASE));
        assertTrue(pending.openRuns().contains(new OpenRun(run, 2, true)));
        assertFalse(batches.isActive(run, 0));
    }

    @Test
    void runGoesOnWhenItsEnvironmentIsReady() {
        set();
        build();

        assertEquals(List.of(new RunSubmitted(run, 2)), goOn());
        assertEquals(List.of(), goOn());

        assertEquals(List.of(0, 1), pending.due(run, 0, 10));
        assertTrue(batches.claim(new BatchId(run, 0), ALICE, LEASE).isPresent());
    }

    @Test
    void runDoesNotWaitForAnEnvironmentThatIsReady() {
        build();

        assertFalse(set());
        assertEquals(List.of(0, 1), pending.due(run, 0, 10));
    }

    @Test
    void waitingRunIsCancelledAndGoesOnNoMore() throws SQLException {
        set();

        transactions.run(transaction -> new RunTransitions().stop(transaction, run, RunStatus.CANCELLED, null));
        build();

        assertEquals(List.of(), goOn());
        assertEquals(
                List.of("CANCELLED", "null", "20"),
                environments.rows.row("select status, waits_for, cancelled from run where id = ?", run));
    }

    @Test
    void endThatWasNotNoticedIsFound() throws SQLException {
        set();
        assertEquals(List.of(), transactions.run(WaitTransitions::notBeingBuilt));

        build();
        assertEquals(List.of(environment), transactions.run(WaitTransitions::notBeingBuilt));
        goOn();
        assertEquals(List.of(), transactions.run(WaitTransitions::notBeingBuilt));
    }

    @Test
    void openRunsWaitAgainWhenTheFilesAreDamaged() {
        set();
        build();
        goOn();

        List<RunSubmitted> held = transactions.run(transaction -> WaitTransitions.hold(transaction, environment));

        assertEquals(List.of(new RunSubmitted(run, 2)), held);
        assertEquals(List.of(run), transactions.run(transaction -> WaitTransitions.waiting(transaction, environment)));
        assertEquals(List.of(), pending.due(run, 0, 10));
    }

    @Test
    void runOfWhichNothingIsDeclaredAnyMoreHasNoEnvironment() throws SQLException {
        set();

        boolean waits = transactions.run(transaction -> WaitTransitions.set(transaction, run, null, null, null));

        assertFalse(waits);
        assertEquals(
                List.of("null", "null", "null"),
                environments.rows.row("select environment_id, packages, waits_for from run where id = ?", run));
    }
}
