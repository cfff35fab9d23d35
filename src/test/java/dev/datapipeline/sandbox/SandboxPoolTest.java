package dev.datapipeline.sandbox;

import static dev.datapipeline.sandbox.Eventually.eventually;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.datapipeline.sandbox.engine.Batches;
import dev.datapipeline.sandbox.engine.EnginePipeline;
import dev.datapipeline.sandbox.engine.HeldPipeline;
import dev.datapipeline.sandbox.engine.PipelineRefusedException;
import dev.datapipeline.sandbox.engine.PipelineSource;
import dev.datapipeline.sandbox.engine.SandboxFailure;
import dev.datapipeline.sandbox.engine.SandboxFailureException;
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
    private static final UUID RUN = new UUID(1, 1);
    private static final Executor OF_ITS_OWN =
            task -> Thread.ofPlatform().daemon().start(task);
    private static final UUID OTHER_RUN = new UUID(1, 2);

    private final FakeSandboxes fakes = new FakeSandboxes();
    private SandboxPool pool = pool(2, 4);

    @AfterEach
    void close() {
        pool.close();
    }

    @Test
    void warmSandboxesWaitForRuns() throws Exception {
        pool.open();

        eventually("two are warm", () -> pool.warm() == 2);
    }

    @Test
    void nobodyIsToldToComeBeforeTheFirstSandboxWorks() throws Exception {
        assertTrue(pool.trouble().isPresent());

        pool.open();

        eventually("it works", () -> pool.trouble().isEmpty());
    }

    @Test
    void aSandboxIsMadeWhenNoneIsWarm() throws Exception {
        pool = pool(0, 4);
        pool.open();

        try (Sandbox sandbox = pool.borrow(RUN, PIPELINE)) {
            assertEquals(1, sandbox.run(Batches.numbered(1), new Batches.Kept()).succeeded());
        }
    }

    @Test
    void aRunGetsItsOwnSandboxAgainAndNobodyElseDoes() throws Exception {
        pool.open();
        String first = borrowAndClose(RUN);

        assertEquals(first, borrowAndClose(RUN));
        assertNotEquals(first, borrowAndClose(OTHER_RUN));
    }

    @Test
    void scriptsAreLetGoOfOnceTheyAreLoadedAndNotReadAgain() throws Exception {
        pool.open();
        List<String> events = new ArrayList<>();
        PipelineSource source = () -> {
            events.add("read");
            return new HeldPipeline(PIPELINE, () -> events.add("let go"));
        };

        pool.borrow(RUN, source).close();
        assertEquals(List.of("read", "let go"), events);

        pool.borrow(RUN, source).close();
        assertEquals(List.of("read", "let go"), events);
    }

    @Test
    void whoGaveASandboxBackCannotCutItsNextBorrowerShort() throws Exception {
        pool.open();
        Sandbox first = pool.borrow(RUN, PIPELINE);
        first.close();
        try (Sandbox second = pool.borrow(RUN, PIPELINE)) {
            first.cutShort();

            assertEquals(first.id(), second.id());
            assertFalse(fakes.byId(second.id()).isEnded());
        }
    }

    @Test
    void whatWasTakenIsMadeUpFor() throws Exception {
        pool.open();
        borrowAndClose(RUN);

        eventually(
                "two are warm again", () -> pool.warm() == 2 && fakes.started().size() == 3);
    }

    @Test
    void itIsNotMadeUpForAtOnceWhileTheRunGoesOn() throws Exception {
        pool = new SandboxPool(
                fakes,
                new PoolSettings(
                        2, 4, Duration.ofMillis(500), Duration.ofMillis(20), Duration.ofHours(1), Duration.ofHours(1)));
        pool.open();
        eventually("two are warm", () -> pool.warm() == 2);
        for (int batch = 0; batch < 50; batch++) {
            borrowAndClose(RUN);
            Thread.sleep(10);
        }

        assertEquals(2, fakes.started().size());
        pool.release(RUN);
        eventually("two are warm again", () -> pool.warm() == 2);
    }

    @Test
    void sandboxesAreCountedByWhatTheyDo() throws Exception {
        pool.open();

        Sandbox atWork = pool.borrow(RUN, PIPELINE);
        assertEquals(List.of(1, 0), List.of(pool.lent(), pool.idle()));
        borrowAndClose(OTHER_RUN);
        assertEquals(List.of(1, 1), List.of(pool.lent(), pool.idle()));
        atWork.close();
        assertEquals(List.of(0, 2), List.of(pool.lent(), pool.idle()));
        pool.release(RUN);
        assertEquals(List.of(0, 1), List.of(pool.lent(), pool.idle()));
    }

    @Test
    void releaseDestroysIdleSandboxes() throws Exception {
        pool.open();
        FakeSandboxes.Fake used = fakes.byId(borrowAndClose(RUN));

        pool.release(RUN);

        assertTrue(used.isEnded());
        eventually("it is removed", () -> fakes.isRemoved(used));
    }

    @Test
    void releaseEndsABatchThatRuns() throws Exception {
        pool.open();
        Sandbox sandbox = pool.borrow(RUN, PIPELINE);
        CompletableFuture<SandboxFailure> end = CompletableFuture.supplyAsync(() -> assertThrows(
                        SandboxFailureException.class, () -> sandbox.run(Batches.numbered(2), new Batches.Kept()))
                .failure());

        pool.release(RUN);

        assertEquals(SandboxFailure.CLOSED, end.get(10, TimeUnit.SECONDS));
        sandbox.close();
        eventually("it is removed", () -> fakes.isRemoved(fakes.byId(sandbox.id())));
    }

    @Test
    void aSandboxThatFailedIsNotLentAgain() throws Exception {
        pool.open();
        Sandbox sandbox = pool.borrow(RUN, PIPELINE);
        fakes.byId(sandbox.id()).die();
        assertThrows(SandboxFailureException.class, () -> sandbox.run(Batches.numbered(1), new Batches.Kept()));
        sandbox.close();

        assertNotEquals(sandbox.id(), borrowAndClose(RUN));
    }

    @Test
    void aSandboxThatDiedWhileItWaitedIsNotLent() throws Exception {
        pool.open();
        eventually("two are warm", () -> pool.warm() == 2);
        FakeSandboxes.Fake first = fakes.started().getFirst();
        first.die();

        assertNotEquals(first.id(), borrowAndClose(RUN));
        eventually("it is removed", () -> fakes.isRemoved(first));
    }

    @Test
    void aRefusedPipelineCostsItsSandbox() throws Exception {
        pool.open();

        assertThrows(PipelineRefusedException.class, () -> pool.borrow(RUN, Batches.pipeline("refuse")));

        eventually("one is removed", () -> fakes.started().stream().anyMatch(fakes::isRemoved));
    }

    @Test
    void thereAreNeverMoreThanTheLimit() throws Exception {
        pool = pool(2, 2);
        pool.open();
        Sandbox first = pool.borrow(RUN, PIPELINE);
        Sandbox second = pool.borrow(RUN, PIPELINE);

        assertEquals(
                SandboxFailure.DOCKER,
                assertThrows(SandboxFailureException.class, () -> pool.borrow(OTHER_RUN, PIPELINE))
                        .failure());

        first.close();
        second.close();
        assertEquals(2, fakes.started().size());
    }

    @Test
    void anIdleSandboxOfAnotherRunMakesRoom() throws Exception {
        pool = pool(1, 2);
        pool.open();
        String first = borrowAndClose(RUN);
        Sandbox second = pool.borrow(OTHER_RUN, PIPELINE);
        Sandbox third = pool.borrow(OTHER_RUN, PIPELINE);

        assertTrue(fakes.byId(first).isEnded());
        second.close();
        third.close();
    }

    @Test
    void whoWaitsGetsWhatAnotherBatchOfTheRunGivesBack() throws Exception {
        pool = pool(1, 2);
        pool.open();
        Sandbox first = pool.borrow(RUN, PIPELINE);
        Sandbox second = pool.borrow(RUN, PIPELINE);
        CompletableFuture<String> third = borrowing(RUN);

        first.close();

        assertEquals(first.id(), third.get(10, TimeUnit.SECONDS));
        second.close();
        assertEquals(2, fakes.started().size());
    }

    @Test
    void whoWaitsGetsTheRoomOfWhatAnotherRunGivesBack() throws Exception {
        pool = pool(1, 3);
        pool.open();
        Sandbox first = pool.borrow(RUN, PIPELINE);
        Sandbox second = pool.borrow(RUN, PIPELINE);
        Sandbox third = pool.borrow(RUN, PIPELINE);
        CompletableFuture<String> other = borrowing(OTHER_RUN);

        first.close();
        second.close();

        other.get(10, TimeUnit.SECONDS);
        assertTrue(fakes.byId(first.id()).isEnded());
        assertFalse(fakes.byId(second.id()).isEnded(), "one place was enough");
        third.close();
    }

    @Test
    void whoWaitsIsServedInTheOrderInWhichTheyCame() throws Exception {
        pool = new SandboxPool(
                fakes,
                new PoolSettings(
                        0,
                        1,
                        Duration.ofMinutes(1),
                        Duration.ofMillis(20),
                        Duration.ofMillis(10),
                        Duration.ofHours(1)));
        pool.open();
        Sandbox first = pool.borrow(RUN, PIPELINE);
        List<Integer> served = Collections.synchronizedList(new ArrayList<>());
        try (ExecutorService callers = Executors.newCachedThreadPool()) {
            for (int caller = 0; caller < 5; caller++) {
                int place = caller;
                callers.execute(() -> serve(UUID.randomUUID(), () -> served.add(place)));
                eventually("it waits", () -> pool.waiting() == place + 1);
            }
            first.close();
            pool.release(RUN);
        }

        assertEquals(List.of(0, 1, 2, 3, 4), served);
    }

    @Test
    void callersFailAtOnceWhileDockerIsAwayAndAreServedAgainAfterIt() throws Exception {
        fakes.failWith(new SandboxFailureException(SandboxFailure.DOCKER, "away", null));
        pool.open();

        SandboxFailureException failure = assertThrows(SandboxFailureException.class, () -> pool.borrow(RUN, PIPELINE));

        assertEquals("away", failure.getMessage());
        assertEquals("away", pool.trouble().orElseThrow());
        fakes.failWith(null);
        eventually("trouble is over", () -> pool.trouble().isEmpty());
        borrowAndClose(RUN);
    }

    @Test
    void troubleEndsEvenWhenNobodyAsksForASandbox() throws Exception {
        fakes.failWith(new SandboxFailureException(SandboxFailure.DOCKER, "away", null));
        pool = pool(0, 4);
        pool.open();
        assertThrows(SandboxFailureException.class, () -> pool.borrow(RUN, PIPELINE));

        fakes.failWith(null);

        eventually("trouble is over", () -> pool.trouble().isEmpty());
        eventually("the proof is removed", () -> pool.living() == 0);
        assertEquals(1, fakes.started().size());
    }

    @Test
    void dockerIsNotAskedAllTheTimeWhileItIsAway() throws Exception {
        fakes.failWith(new SandboxFailureException(SandboxFailure.DOCKER, "away", null));
        pool = new SandboxPool(fakes, settings(2, 4, Duration.ofHours(1), Duration.ofHours(1)));
        pool.open();
        eventually("it was tried", () -> pool.trouble().isPresent());

        for (int call = 0; call < 10; call++) {
            assertThrows(SandboxFailureException.class, () -> pool.borrow(RUN, PIPELINE));
        }

        assertEquals(1, fakes.tries());
    }

    @Test
    void idleSandboxesAreGivenUpInTheEnd() throws Exception {
        pool = new SandboxPool(fakes, settings(0, 4, Duration.ofMillis(1), Duration.ZERO));
        pool.open();
        FakeSandboxes.Fake used = fakes.byId(borrowAndClose(RUN));

        eventually("it is removed", () -> {
            pool.tidy();
            return fakes.isRemoved(used);
        });
    }

    @Test
    void deadWarmSandboxesAreReplaced() throws Exception {
        pool.open();
        eventually("two are warm", () -> pool.warm() == 2);
        fakes.started().forEach(FakeSandboxes.Fake::die);

        pool.tidy();

        eventually("two new ones are warm", () -> pool.warm() == 2 && fakes.living() == 2);
        assertEquals(4, fakes.started().size());
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
                () -> fakes.started().stream().filter(fakes::isRemoved).count() == 2);
    }

    @Test
    void shortScriptsAreCheckedWhileLongOnesTakeTheirTime() throws Exception {
        pool = pool(2, 8);
        pool.open();
        String slow = "slow" + " ".repeat(20_000);
        List<CompletableFuture<Void>> slowChecks = new ArrayList<>();
        for (int check = 0; check < 5; check++) {
            slowChecks.add(CompletableFuture.runAsync(() -> check(slow), OF_ITS_OWN));
        }
        eventually("one is being checked", () -> fakes.slowChecks() == 1);

        assertEquals(List.of(), pool.check("fine"));

        assertEquals(1, fakes.slowChecks(), "long ones leave a sandbox to short ones");
        fakes.endSlowChecks();
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
        Sandbox lent = pool.borrow(RUN, PIPELINE);
        borrowAndClose(OTHER_RUN);
        pool.check("fine");

        pool.close();

        assertEquals(0, fakes.living());
        lent.close();
        assertThrows(SandboxFailureException.class, () -> pool.borrow(RUN, PIPELINE));
    }

    @Test
    void aSandboxCannotBeUsedAfterItWasGivenBack() throws Exception {
        pool.open();
        Sandbox sandbox = pool.borrow(RUN, PIPELINE);
        sandbox.close();
        sandbox.close();

        assertThrows(IllegalStateException.class, () -> sandbox.run(Batches.numbered(1), new Batches.Kept()));
        assertFalse(fakes.byId(sandbox.id()).isEnded());
    }

    private String borrowAndClose(UUID run) throws Exception {
        try (Sandbox sandbox = pool.borrow(run, PIPELINE)) {
            return sandbox.id();
        }
    }

    private void serve(UUID run, Runnable onServed) {
        try (Sandbox sandbox = pool.borrow(run, PIPELINE)) {
            onServed.run();
        } catch (Exception failed) {
            throw new IllegalStateException(failed);
        } finally {
            pool.release(run);
        }
    }

    private CompletableFuture<String> borrowing(UUID run) throws Exception {
        CompletableFuture<String> id = CompletableFuture.supplyAsync(() -> {
            try {
                return borrowAndClose(run);
            } catch (Exception failed) {
                throw new IllegalStateException(failed);
            }
        });
        eventually("it waits", () -> pool.waiting() == 1);
        return id;
    }

    private SandboxPool pool(int warm, int limit) {
        return new SandboxPool(fakes, settings(warm, limit, Duration.ofHours(1), Duration.ofMillis(20)));
    }

    private static PoolSettings settings(int warm, int limit, Duration idle, Duration retry) {
        return new PoolSettings(warm, limit, Duration.ofMillis(500), retry, Duration.ofMillis(10), idle);
    }
}
