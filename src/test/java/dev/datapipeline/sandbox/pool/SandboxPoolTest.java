package dev.datapipeline.sandbox.pool;

import static dev.datapipeline.testing.Eventually.eventually;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.datapipeline.sandbox.PoolSettings;
import dev.datapipeline.sandbox.SandboxLease;
import dev.datapipeline.sandbox.SandboxOwner;
import dev.datapipeline.sandbox.SandboxRequest;
import dev.datapipeline.sandbox.engine.BatchExchange;
import dev.datapipeline.sandbox.engine.BatchSummary;
import dev.datapipeline.sandbox.engine.Batches;
import dev.datapipeline.sandbox.engine.EnginePipeline;
import dev.datapipeline.sandbox.engine.HeldPipeline;
import dev.datapipeline.sandbox.engine.PipelineRefusedException;
import dev.datapipeline.sandbox.engine.PipelineSource;
import dev.datapipeline.sandbox.engine.SandboxFailure;
import dev.datapipeline.sandbox.engine.SandboxFailureException;
import dev.datapipeline.testing.FakeLauncher;
import dev.datapipeline.testing.FakeSandbox;
import dev.datapipeline.testing.SettableTicker;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class SandboxPoolTest {
    private static final EnginePipeline PIPELINE = Batches.pipeline("ok");
    private static final SandboxOwner RUN = new SandboxOwner(new UUID(1, 1), 0);
    private static final Executor OF_ITS_OWN =
            task -> Thread.ofPlatform().daemon().start(task);
    private static final SandboxOwner OTHER_RUN = new SandboxOwner(new UUID(1, 2), 0);

    private static final Duration LEASE_TIMEOUT = Duration.ofMinutes(1);
    private static final Duration RETRY_DELAY = Duration.ofSeconds(5);
    private static final Duration REFILL_DELAY = Duration.ofSeconds(2);
    private static final Duration IDLE_TIMEOUT = Duration.ofHours(1);

    private final SettableTicker ticker = new SettableTicker();
    private final FakeLauncher launcher = new FakeLauncher();
    private SandboxPool pool = pool(2, 4);

    @AfterEach
    void close() {
        pool.close();
    }

    @Test
    void warmSandboxesAreKeptForRuns() throws Exception {
        pool.open();

        eventually("two are warm", () -> pool.warm() == 2);
    }

    @Test
    void poolReportsTroubleUntilItsFirstSandboxStarts() throws Exception {
        assertTrue(pool.trouble().isPresent());

        pool.open();

        eventually("it works", () -> pool.trouble().isEmpty());
    }

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
    void releaseEndsASandboxForSingleUse() throws Exception {
        pool.open();
        try (SandboxLease single = pool.lease(new SandboxRequest(RUN, PIPELINE, true))) {
            pool.release(RUN);

            assertTrue(launcher.byId(single.id()).isAborted());
        }
    }

    @Test
    void stockIsRefilledAfterALease() throws Exception {
        pool.open();
        leaseAndClose(RUN);

        ticker.advance(REFILL_DELAY);

        eventually(
                "two are warm again",
                () -> pool.warm() == 2 && launcher.launched().size() == 3);
    }

    @Test
    void stockIsNotRefilledAtOnceWhileThereAreRuns() throws Exception {
        pool.open();
        eventually("two are warm", () -> pool.warm() == 2);
        for (int batch = 0; batch < 50; batch++) {
            leaseAndClose(RUN);
        }

        assertEquals(2, launcher.launched().size());
        pool.release(RUN);
        ticker.advance(REFILL_DELAY.minusNanos(1));
        eventually("two are warm again", () -> pool.warm() == 2);
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
    void warmSandboxThatDiedIsNotLeased() throws Exception {
        pool.open();
        eventually("two are warm", () -> pool.warm() == 2);
        FakeSandbox first = launcher.launched().getFirst();
        first.die();

        assertNotEquals(first.id(), leaseAndClose(RUN));
        eventually("it is removed", () -> first.isRemoved());
    }

    @Test
    void sandboxThatRefusedAPipelineIsRemoved() throws Exception {
        pool.open();

        assertThrows(PipelineRefusedException.class, () -> pool.lease(request(RUN, Batches.pipeline("refuse"))));

        eventually("one is removed", () -> launcher.launched().stream().anyMatch(FakeSandbox::isRemoved));
    }

    @Test
    void thereAreNeverMoreThanTheLimit() throws Exception {
        pool = pool(2, 2);
        pool.open();
        SandboxLease first = pool.lease(request(RUN, PIPELINE));
        SandboxLease second = pool.lease(request(RUN, PIPELINE));
        CompletableFuture<SandboxFailure> third = CompletableFuture.supplyAsync(
                () -> assertThrows(SandboxFailureException.class, () -> pool.lease(request(OTHER_RUN, PIPELINE)))
                        .failure(),
                OF_ITS_OWN);
        eventually("it waits", () -> pool.waiting() == 1);

        ticker.advance(LEASE_TIMEOUT);

        assertEquals(SandboxFailure.DOCKER, third.get(10, TimeUnit.SECONDS));
        first.close();
        second.close();
        assertEquals(2, launcher.launched().size());
    }

    @Test
    void idleSandboxOfAnotherRunIsDiscardedToMakeRoom() throws Exception {
        pool = pool(1, 2);
        pool.open();
        String first = leaseAndClose(RUN);
        SandboxLease second = pool.lease(request(OTHER_RUN, PIPELINE));
        SandboxLease third = pool.lease(request(OTHER_RUN, PIPELINE));

        assertTrue(launcher.byId(first).isAborted());
        second.close();
        third.close();
    }

    @Test
    void waitingCallerGetsTheSandboxThatItsRunReturns() throws Exception {
        pool = pool(1, 2);
        pool.open();
        SandboxLease first = pool.lease(request(RUN, PIPELINE));
        SandboxLease second = pool.lease(request(RUN, PIPELINE));
        CompletableFuture<String> third = leasing(RUN);

        first.close();

        assertEquals(first.id(), third.get(10, TimeUnit.SECONDS));
        second.close();
        assertEquals(2, launcher.launched().size());
    }

    @Test
    void waitingCallerGetsThePlaceOfASandboxThatAnotherRunReturns() throws Exception {
        pool = pool(1, 3);
        pool.open();
        SandboxLease first = pool.lease(request(RUN, PIPELINE));
        SandboxLease second = pool.lease(request(RUN, PIPELINE));
        SandboxLease third = pool.lease(request(RUN, PIPELINE));
        CompletableFuture<String> other = leasing(OTHER_RUN);

        first.close();
        second.close();

        other.get(10, TimeUnit.SECONDS);
        assertTrue(launcher.byId(first.id()).isAborted());
        assertFalse(launcher.byId(second.id()).isAborted(), "one place was enough");
        third.close();
    }

    @Test
    void callersAreServedInTheOrderInWhichTheyCame() throws Exception {
        pool = pool(0, 1);
        pool.open();
        SandboxLease first = pool.lease(request(RUN, PIPELINE));
        List<Integer> served = Collections.synchronizedList(new ArrayList<>());
        try (ExecutorService callers = Executors.newCachedThreadPool()) {
            for (int caller = 0; caller < 5; caller++) {
                int place = caller;
                callers.execute(() -> serve(new SandboxOwner(UUID.randomUUID(), 0), () -> served.add(place)));
                eventually("it waits", () -> pool.waiting() == place + 1);
            }
            first.close();
            pool.release(RUN);
        }

        assertEquals(List.of(0, 1, 2, 3, 4), served);
    }

    @Test
    void callersFailAtOnceWhileDockerIsAwayAndAreServedAgainAfterIt() throws Exception {
        launcher.failWith(new SandboxFailureException(SandboxFailure.DOCKER, "away", null));
        pool.open();

        SandboxFailureException failure =
                assertThrows(SandboxFailureException.class, () -> pool.lease(request(RUN, PIPELINE)));

        assertEquals("away", failure.getMessage());
        assertEquals("away", pool.trouble().orElseThrow());
        launcher.failWith(null);
        ticker.advance(RETRY_DELAY);
        eventually("trouble is over", () -> pool.trouble().isEmpty());
        leaseAndClose(RUN);
    }

    @Test
    void startsAreTriedAgainEvenWhenNobodyWaits() throws Exception {
        launcher.failWith(new SandboxFailureException(SandboxFailure.DOCKER, "away", null));
        pool = pool(0, 4);
        pool.open();
        assertThrows(SandboxFailureException.class, () -> pool.lease(request(RUN, PIPELINE)));

        launcher.failWith(null);
        ticker.advance(RETRY_DELAY);

        eventually("trouble is over", () -> pool.trouble().isEmpty());
        eventually("the proof is removed", () -> pool.living() == 0);
        assertEquals(1, launcher.launched().size());
    }

    @Test
    void startsPauseAfterAFailure() throws Exception {
        launcher.failWith(new SandboxFailureException(SandboxFailure.DOCKER, "away", null));
        pool.open();
        eventually("it was tried", () -> pool.trouble().isPresent());

        for (int call = 0; call < 10; call++) {
            assertThrows(SandboxFailureException.class, () -> pool.lease(request(RUN, PIPELINE)));
        }

        assertEquals(1, launcher.attempts());
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
    void deadWarmSandboxesAreReplaced() throws Exception {
        pool.open();
        eventually("two are warm", () -> pool.warm() == 2);
        launcher.launched().forEach(FakeSandbox::die);

        pool.tidy();

        eventually("two new ones are warm", () -> pool.warm() == 2 && launcher.living() == 2);
        assertEquals(4, launcher.launched().size());
    }

    @Test
    void scriptsAreCheckedInOneSandboxThatIsReplacedWhenItBreaks() throws Exception {
        pool.open();

        assertEquals(List.of(), pool.check("fine"));
        assertEquals(List.of(), pool.check("fine"));
        assertThrows(SandboxFailureException.class, () -> pool.check("break"));
        assertEquals(List.of(), pool.check("fine"));

        eventually(
                "the two that broke are removed",
                () -> launcher.launched().stream()
                                .filter(FakeSandbox::isRemoved)
                                .count()
                        == 2);
    }

    @Test
    void shortScriptsAreCheckedWhileLongOnesAreUnderWay() throws Exception {
        pool = pool(2, 8);
        pool.open();
        String slow = "slow" + " ".repeat(20_000);
        List<CompletableFuture<Void>> slowChecks = new ArrayList<>();
        for (int check = 0; check < 5; check++) {
            slowChecks.add(CompletableFuture.runAsync(() -> check(slow), OF_ITS_OWN));
        }
        eventually("one is being checked", () -> launcher.slowChecks() == 1);

        assertEquals(List.of(), pool.check("fine"));

        assertEquals(1, launcher.slowChecks(), "long ones leave a sandbox to short ones");
        launcher.endSlowChecks();
        for (CompletableFuture<Void> check : slowChecks) {
            check.get(10, TimeUnit.SECONDS);
        }
    }

    private void check(String source) {
        try {
            pool.check(source);
        } catch (Exception failed) {
            throw new IllegalStateException(failed);
        }
    }

    @Test
    void closingDestroysEverything() throws Exception {
        pool.open();
        SandboxLease lent = pool.lease(request(RUN, PIPELINE));
        leaseAndClose(OTHER_RUN);
        pool.check("fine");

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

    private String leaseAndClose(SandboxOwner run) throws Exception {
        try (SandboxLease sandbox = pool.lease(request(run, PIPELINE))) {
            return sandbox.id();
        }
    }

    private void serve(SandboxOwner run, Runnable onServed) {
        try (SandboxLease sandbox = pool.lease(request(run, PIPELINE))) {
            onServed.run();
        } catch (Exception failed) {
            throw new IllegalStateException(failed);
        } finally {
            pool.release(run);
        }
    }

    private CompletableFuture<String> leasing(SandboxOwner run) throws Exception {
        CompletableFuture<String> id = CompletableFuture.supplyAsync(() -> {
            try {
                return leaseAndClose(run);
            } catch (Exception failed) {
                throw new IllegalStateException(failed);
            }
        });
        eventually("it waits", () -> pool.waiting() == 1);
        return id;
    }

    private static BatchSummary run(SandboxLease sandbox, int records) throws Exception {
        return sandbox.run(new BatchExchange(Batches.numbered(records), new Batches.Kept()));
    }

    private static SandboxRequest request(SandboxOwner owner, PipelineSource pipeline) {
        return new SandboxRequest(owner, pipeline, false);
    }

    private SandboxPool pool(int warm, int limit) {
        return new SandboxPool(
                launcher,
                new PoolSettings(warm, limit, LEASE_TIMEOUT, RETRY_DELAY, REFILL_DELAY, IDLE_TIMEOUT),
                ticker);
    }
}
