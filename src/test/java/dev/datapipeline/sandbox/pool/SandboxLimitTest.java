package dev.datapipeline.sandbox.pool;

import static dev.datapipeline.testing.Eventually.eventually;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.datapipeline.sandbox.SandboxLease;
import dev.datapipeline.sandbox.SandboxOwner;
import dev.datapipeline.sandbox.engine.SandboxFailure;
import dev.datapipeline.sandbox.engine.SandboxFailureException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** Callers that wait because all sandboxes are taken. */
class SandboxLimitTest extends SandboxPoolFixture {
    @Test
    void thereAreNeverMoreThanTheLimit() throws Exception {
        pool = pool(2, 2);
        pool.open();
        SandboxLease first = pool.lease(request(RUN, PIPELINE));
        SandboxLease second = pool.lease(request(RUN, PIPELINE));
        CompletableFuture<SandboxFailure> third = CompletableFuture.supplyAsync(
                () -> assertThrows(SandboxFailureException.class, () -> pool.lease(request(OTHER_RUN, PIPELINE)))
                        .failure(),
                OWN_THREAD);
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

    private void serve(SandboxOwner run, Runnable onServed) {
        try (SandboxLease sandbox = pool.lease(request(run, PIPELINE))) {
            onServed.run();
        } catch (Exception failed) {
            throw new IllegalStateException(failed);
        } finally {
            pool.release(run);
        }
    }
}
