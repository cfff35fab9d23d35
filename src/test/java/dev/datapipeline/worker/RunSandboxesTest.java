package dev.datapipeline.worker;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.datapipeline.llm.call.CallScope;
import dev.datapipeline.llm.call.CallScope.Cache;
import dev.datapipeline.llm.call.CallScope.Kind;
import dev.datapipeline.llm.call.ModelAccess;
import dev.datapipeline.llm.ledger.pause.RunMustPause;
import dev.datapipeline.outbound.OutboundAccess;
import dev.datapipeline.outbound.OutboundAnswer;
import dev.datapipeline.outbound.OutboundCall;
import dev.datapipeline.outbound.OutboundService;
import dev.datapipeline.outbound.WaitingTime;
import dev.datapipeline.run.PauseReason;
import dev.datapipeline.run.RunRef;
import dev.datapipeline.run.RunSpec;
import dev.datapipeline.run.TestBatches;
import dev.datapipeline.run.event.RunEnded;
import dev.datapipeline.sandbox.SandboxLease;
import dev.datapipeline.sandbox.SandboxOwner;
import dev.datapipeline.sandbox.SandboxRequest;
import dev.datapipeline.sandbox.engine.SandboxFailure;
import dev.datapipeline.sandbox.engine.SandboxFailureException;
import dev.datapipeline.sandbox.engine.pipeline.EnginePipeline;
import dev.datapipeline.sandbox.image.SandboxBase;
import dev.datapipeline.testing.FakeSandboxes;
import dev.datapipeline.testing.Rows;
import dev.datapipeline.testing.TestDatabase;
import dev.datapipeline.time.Ticker;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class RunSandboxesTest {
    private static final WaitingTime WAITING = new WaitingTime(Ticker.system());
    private static final OutboundService NOBODY = new OutboundService() {
        @Override
        public void serve(OutboundCall call) {
            throw new AssertionError("nobody calls");
        }

        @Override
        public void attempt(long firstRecord, long records) {}

        @Override
        public OutboundAnswer refusal(int status, String code, String message) {
            throw new AssertionError("nobody calls");
        }
    };

    private final FakeSandboxes fakes = new FakeSandboxes();
    private final List<RunMustPause> pauses = new ArrayList<>();
    private final RunSandboxes sandboxes = new RunSandboxes(fakes, TestBatches.open(), this::access, pauses::add);
    private final Rows rows = new Rows(TestDatabase.shared());
    private UUID run;
    private SandboxOwner owner;

    @BeforeEach
    void submit() throws SQLException {
        run = rows.run(2);
        owner = new SandboxOwner(run, 0);
    }

    @Test
    void batchesOfARunShareItsSandboxes() throws Exception {
        lease(false).close();
        lease(false).close();

        assertEquals(List.of(owner, owner), owners());
        assertFalse(fakes.requests.getFirst().isSingleUse());
        assertEquals(List.of(), fakes.released);
        assertEquals(2, fakes.returned.size());
    }

    @Test
    void isolatedBatchesAskForSandboxesForSingleUse() throws Exception {
        lease(true).close();

        assertTrue(fakes.requests.getFirst().isSingleUse());
        assertEquals(List.of(owner), owners());
    }

    @Test
    void endOfARunReleasesItsSandboxes() throws Exception {
        try (SandboxLease first = lease(false)) {
            sandboxes.release(new RunEnded(run));

            assertEquals(List.of(owner), fakes.released, first.id());
        }
    }

    @Test
    void runThatEndedBeforeTheLeaseGetsNoSandbox() throws Exception {
        for (boolean isolates : new boolean[] {false, true}) {
            fakes.beforeLease(this::end);

            SandboxFailureException refusal = assertThrows(SandboxFailureException.class, () -> lease(isolates));

            assertEquals(SandboxFailure.CLOSED, refusal.failure());
            assertEquals(fakes.requests.size(), fakes.returned.size());
            assertTrue(fakes.released.contains(owner));
        }
    }

    @Test
    void specFromBeforeARetryGetsNoSandbox() throws Exception {
        rows.execute("update run set retries = 1 where id = ?", run);

        SandboxFailureException refusal = assertThrows(SandboxFailureException.class, () -> lease(false));

        assertEquals(SandboxFailure.CLOSED, refusal.failure());
        assertEquals(List.of(owner), fakes.released);
    }

    /** As when another process recorded the end of the run and retried it, and this one hears of the end afterwards. */
    @Test
    void retryGetsNoSandboxFromBeforeAlsoWhenTheEndIsObservedLate() throws Exception {
        SandboxOwner retried = new SandboxOwner(run, 1);
        lease(0, false).close();
        rows.execute("update run set retries = 1 where id = ?", run);

        lease(1, false).close();
        sandboxes.release(new RunEnded(run));
        lease(1, false).close();

        assertEquals(List.of(owner, retried, retried), owners());
        assertTrue(fakes.released.contains(owner));
    }

    @Test
    void runIsCheckedOnceForEachSandbox() throws Exception {
        fakes.leaseTheSame();
        lease(false).close();
        end();

        lease(false).close();

        assertEquals(List.of(), fakes.released, "the end of the run, which releases it, is told separately");
    }

    @Test
    void endOfARunReleasesItAlsoAfterALeaseThatFailed() {
        fakes.goAway();
        assertThrows(SandboxFailureException.class, () -> lease(true));

        sandboxes.release(new RunEnded(run));

        assertEquals(List.of(owner), fakes.released);
        assertEquals(List.of(), fakes.returned);
    }

    private List<SandboxOwner> owners() {
        return fakes.requests.stream().map(SandboxRequest::owner).toList();
    }

    private SandboxLease lease(boolean isolates) throws Exception {
        return lease(0, isolates);
    }

    /** Knows one upstream. */
    private Optional<OutboundAccess> access(CallScope scope) {
        boolean isKnown = scope.upstream().equals("known");
        return isKnown
                ? Optional.of(new OutboundAccess(Map.of("SCOPE", scope.toString()), NOBODY, WAITING))
                : Optional.empty();
    }

    private RunSpec callingModelsOf(String upstream) {
        EnginePipeline pipeline = new EnginePipeline(List.of(), Duration.ofSeconds(1), 1, true);
        ModelAccess models = new ModelAccess(upstream, List.of("m"), 100, Cache.OFF, null);
        return new RunSpec(new RunRef(run), UUID.randomUUID(), 0, pipeline, SandboxBase.DEFAULT, null, false, models);
    }

    @Test
    void pipelineOfARunThatCallsModelsHasAWayOut() throws Exception {
        sandboxes.lease(callingModelsOf("known")).close();

        EnginePipeline loaded = fakes.requests.getFirst().pipeline().open().pipeline();
        CallScope scope = new CallScope(Kind.RUN, run, "known", List.of("m"), 100, Cache.OFF, null, Set.of());
        assertEquals(
                Map.of("SCOPE", scope.toString()),
                Objects.requireNonNull(loaded.outbound()).environment());
    }

    @Test
    void pipelineOfARunThatCallsNoModelsHasNoWayOut() throws Exception {
        lease(false).close();

        assertNull(fakes.requests.getFirst().pipeline().open().pipeline().outbound());
    }

    @Test
    void runWhoseUpstreamIsGoneIsPausedBeforeASandboxIsLeased() {
        SandboxFailureException refused =
                assertThrows(SandboxFailureException.class, () -> sandboxes.lease(callingModelsOf("gone")));

        assertEquals(SandboxFailure.CLOSED, refused.failure());
        assertEquals(1, pauses.size());
        assertEquals(run, pauses.getFirst().run());
        assertEquals(PauseReason.UPSTREAM_REMOVED, pauses.getFirst().reason());
        assertTrue(pauses.getFirst().message().contains("upstream gone, which the settings no longer have"));
        assertEquals(List.of(), fakes.requests);
    }

    private SandboxLease lease(int retries, boolean isolates) throws Exception {
        EnginePipeline pipeline = new EnginePipeline(List.of(), Duration.ofSeconds(1), 1, true);
        return sandboxes.lease(new RunSpec(
                new RunRef(run), UUID.randomUUID(), retries, pipeline, SandboxBase.DEFAULT, null, isolates, null));
    }

    private void end() {
        try {
            rows.execute("delete from run where id = ?", run);
        } catch (SQLException failed) {
            throw new AssertionError(failed);
        }
    }
}
