package dev.datapipeline.sandbox.pool;

import static dev.datapipeline.testing.Eventually.eventually;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.datapipeline.sandbox.SandboxLease;
import dev.datapipeline.sandbox.SandboxOwner;
import dev.datapipeline.sandbox.SandboxRequest;
import dev.datapipeline.sandbox.engine.Batches;
import dev.datapipeline.sandbox.engine.SandboxFailure;
import dev.datapipeline.sandbox.engine.SandboxFailureException;
import dev.datapipeline.sandbox.engine.pipeline.HeldPipeline;
import dev.datapipeline.sandbox.engine.pipeline.PipelineRefusedException;
import dev.datapipeline.sandbox.engine.pipeline.PipelineSource;
import dev.datapipeline.sandbox.image.BaseImages;
import dev.datapipeline.sandbox.image.SandboxBase;
import dev.datapipeline.testing.FakeSandbox;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** Which sandbox a run gets, and when it is removed. */
class SandboxPoolTest extends SandboxPoolFixture {
    @Test
    void sandboxIsStartedWhenNoneIsWarm() throws Exception {
        pool = pool(0, 4);
        pool.open();

        try (SandboxLease sandbox = pool.lease(request(RUN, PIPELINE))) {
            assertEquals(1, run(sandbox, 1).succeeded());
        }
    }

    @Test
    void runGetsItsOwnSandboxAgainAndNoOtherRunDoes() throws Exception {
        pool.open();
        String first = leaseAndClose(RUN);

        assertEquals(first, leaseAndClose(RUN));
        assertNotEquals(first, leaseAndClose(OTHER_RUN));
    }

    @Test
    void scriptsAreReadOnceAndReleasedAfterLoading() throws Exception {
        pool.open();
        List<String> events = new ArrayList<>();
        PipelineSource source = () -> {
            events.add("read");
            return new HeldPipeline(PIPELINE, () -> events.add("let go"));
        };

        pool.lease(request(RUN, source)).close();
        assertEquals(List.of("read", "let go"), events);

        pool.lease(request(RUN, source)).close();
        assertEquals(List.of("read", "let go"), events);
    }

    @Test
    void closedLeaseCannotAbortTheNextLeaseOfItsSandbox() throws Exception {
        pool.open();
        SandboxLease first = pool.lease(request(RUN, PIPELINE));
        first.close();
        try (SandboxLease second = pool.lease(request(RUN, PIPELINE))) {
            first.abort();

            assertEquals(first.id(), second.id());
            assertFalse(launcher.byId(second.id()).isAborted());
        }
    }

    @Test
    void retriedRunNeverGetsASandboxFromBeforeTheRetry() throws Exception {
        pool.open();
        String first = leaseAndClose(RUN);

        assertNotEquals(first, leaseAndClose(new SandboxOwner(RUN.run(), 1)));
        assertEquals(first, leaseAndClose(RUN));
    }

    @Test
    void sandboxForSingleUseIsNewAndRemovedAfterItsLease() throws Exception {
        pool.open();
        String idle = leaseAndClose(RUN);
        SandboxLease single = pool.lease(new SandboxRequest(RUN, PIPELINE, true));
        assertNotEquals(idle, single.id());
        assertEquals(1, run(single, 1).succeeded());

        single.close();

        eventually("it is removed", launcher.byId(single.id())::isRemoved);
        assertEquals(idle, leaseAndClose(RUN));
    }

    @Test
    void sandboxGetsTheMemoryOfItsRunBeforeItsPipeline() throws Exception {
        pool.open();
        long memory = 1024L * 1024 * 1024;

        try (SandboxLease lease = pool.lease(new SandboxRequest(RUN, PIPELINE, false, SandboxBase.DEFAULT, memory));
                SandboxLease usual = pool.lease(request(OTHER_RUN, PIPELINE))) {
            assertEquals(memory, launcher.byId(lease.id()).memory());
            assertEquals(0, launcher.byId(usual.id()).memory());
        }
    }

    @Test
    void releaseEndsASandboxForSingleUse() throws Exception {
        pool.open();
        try (SandboxLease single = pool.lease(new SandboxRequest(RUN, PIPELINE, true))) {
            pool.release(RUN);

            assertTrue(launcher.byId(single.id()).isAborted());
        }
    }

    @Test
    void sandboxesAreCountedByWhatTheyDo() throws Exception {
        pool.open();

        SandboxLease atWork = pool.lease(request(RUN, PIPELINE));
        assertEquals(List.of(1, 0), List.of(pool.leased(), pool.idle()));
        leaseAndClose(OTHER_RUN);
        assertEquals(List.of(1, 1), List.of(pool.leased(), pool.idle()));
        atWork.close();
        assertEquals(List.of(0, 2), List.of(pool.leased(), pool.idle()));
        pool.release(RUN);
        assertEquals(List.of(0, 1), List.of(pool.leased(), pool.idle()));
    }

    @Test
    void releaseDestroysIdleSandboxes() throws Exception {
        pool.open();
        FakeSandbox used = launcher.byId(leaseAndClose(RUN));

        pool.release(RUN);

        assertTrue(used.isAborted());
        eventually("it is removed", () -> used.isRemoved());
    }

    @Test
    void releaseEndsABatchThatRuns() throws Exception {
        pool.open();
        SandboxLease sandbox = pool.lease(request(RUN, PIPELINE));
        CompletableFuture<SandboxFailure> end =
                CompletableFuture.supplyAsync(() -> assertThrows(SandboxFailureException.class, () -> run(sandbox, 2))
                        .failure());

        pool.release(RUN);

        assertEquals(SandboxFailure.CLOSED, end.get(10, TimeUnit.SECONDS));
        sandbox.close();
        eventually("it is removed", () -> launcher.byId(sandbox.id()).isRemoved());
    }

    @Test
    void sandboxWithAFailedBatchIsNotLeasedAgain() throws Exception {
        pool.open();
        SandboxLease sandbox = pool.lease(request(RUN, PIPELINE));
        launcher.byId(sandbox.id()).die();
        assertThrows(SandboxFailureException.class, () -> run(sandbox, 1));
        sandbox.close();

        assertNotEquals(sandbox.id(), leaseAndClose(RUN));
    }

    @Test
    void sandboxThatRefusedAPipelineIsRemoved() throws Exception {
        pool.open();

        assertThrows(PipelineRefusedException.class, () -> pool.lease(request(RUN, Batches.pipeline("refuse"))));

        eventually("one is removed", () -> launcher.launched().stream().anyMatch(FakeSandbox::isRemoved));
    }

    @Test
    void idleSandboxesAreRemovedAfterTheirTimeout() throws Exception {
        pool = pool(0, 4);
        pool.open();
        FakeSandbox used = launcher.byId(leaseAndClose(RUN));

        pool.tidy();
        assertEquals(1, pool.idle());
        ticker.advance(IDLE_TIMEOUT);
        pool.tidy();

        eventually("it is removed", used::isRemoved);
    }

    @Test
    void closingDestroysEverything() throws Exception {
        pool.open();
        SandboxLease lent = pool.lease(request(RUN, PIPELINE));
        leaseAndClose(OTHER_RUN);
        pool.check(BaseImages.DEFAULT, "fine");

        pool.close();

        assertEquals(0, launcher.living());
        lent.close();
        assertThrows(SandboxFailureException.class, () -> pool.lease(request(RUN, PIPELINE)));
    }

    @Test
    void leaseCannotBeUsedAfterItWasClosed() throws Exception {
        pool.open();
        SandboxLease sandbox = pool.lease(request(RUN, PIPELINE));
        sandbox.close();
        sandbox.close();

        assertThrows(IllegalStateException.class, () -> run(sandbox, 1));
        assertFalse(launcher.byId(sandbox.id()).isAborted());
    }
}
