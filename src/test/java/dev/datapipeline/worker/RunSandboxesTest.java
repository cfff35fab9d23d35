package dev.datapipeline.worker;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.datapipeline.run.RunEnded;
import dev.datapipeline.run.RunSpec;
import dev.datapipeline.run.TestBatches;
import dev.datapipeline.sandbox.Sandbox;
import dev.datapipeline.sandbox.engine.EnginePipeline;
import dev.datapipeline.sandbox.engine.SandboxFailure;
import dev.datapipeline.sandbox.engine.SandboxFailureException;
import dev.datapipeline.testing.Rows;
import dev.datapipeline.testing.TestDatabase;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class RunSandboxesTest {
    private final LentFakes fakes = new LentFakes();
    private final RunSandboxes sandboxes = new RunSandboxes(fakes, TestBatches.open());
    private final Rows rows = new Rows(TestDatabase.shared());
    private UUID run;

    @BeforeEach
    void submit() throws SQLException {
        run = rows.run(2);
    }

    @Test
    void batchesOfARunShareItsSandboxes() throws Exception {
        borrow(false).close();
        borrow(false).close();

        assertEquals(List.of(run, run), fakes.keys);
        assertEquals(List.of(), fakes.released);
        assertEquals(2, fakes.returned.size());
    }

    @Test
    void isolatedBatchesHaveASandboxEachThatIsDestroyedAfterThem() throws Exception {
        borrow(true).close();
        borrow(true).close();

        assertNotEquals(fakes.keys.get(0), fakes.keys.get(1));
        assertEquals(fakes.keys, fakes.released);
        assertEquals(2, fakes.returned.size());
    }

    @Test
    void endOfARunReleasesAllItHas() throws Exception {
        try (Sandbox first = borrow(true);
                Sandbox second = borrow(true)) {
            assertNotEquals(first.id(), second.id());

            sandboxes.release(new RunEnded(run));

            assertTrue(fakes.released.containsAll(Set.of(run, fakes.keys.get(0), fakes.keys.get(1))));
        }
    }

    @Test
    void runThatEndedBeforeTheLoanGetsNothing() throws Exception {
        for (boolean isolates : new boolean[] {false, true}) {
            fakes.beforeLoan = this::end;

            SandboxFailureException refusal = assertThrows(SandboxFailureException.class, () -> borrow(isolates));

            assertEquals(SandboxFailure.CLOSED, refusal.failure());
            assertEquals(fakes.keys.size(), fakes.returned.size());
            assertTrue(fakes.released.containsAll(fakes.keys));
        }
    }

    @Test
    void planFromBeforeARetryGetsNothing() throws Exception {
        rows.execute("update run set retries = 1 where id = ?", run);

        SandboxFailureException refusal = assertThrows(SandboxFailureException.class, () -> borrow(false));

        assertEquals(SandboxFailure.CLOSED, refusal.failure());
        assertEquals(List.of(run), fakes.released);
    }

    @Test
    void sandboxThatIsKnownIsLentWithoutAskingAgain() throws Exception {
        fakes.lendsTheSame = true;
        borrow(false).close();
        end();

        borrow(false).close();

        assertEquals(List.of(), fakes.released, "the end of the run, which releases it, is told separately");
    }

    @Test
    void loanThatFailsLeavesNothing() {
        fakes.isAway = true;

        assertThrows(SandboxFailureException.class, () -> borrow(true));

        assertEquals(1, fakes.released.size());
        assertEquals(List.of(), fakes.returned);
    }

    private Sandbox borrow(boolean isolates) throws Exception {
        EnginePipeline pipeline = new EnginePipeline(List.of(), Duration.ofSeconds(1), 1, true);
        return sandboxes.borrow(new RunSpec(run, UUID.randomUUID(), 0, pipeline, isolates));
    }

    private void end() {
        try {
            rows.execute("delete from run where id = ?", run);
        } catch (SQLException failed) {
            throw new AssertionError(failed);
        }
    }
}
