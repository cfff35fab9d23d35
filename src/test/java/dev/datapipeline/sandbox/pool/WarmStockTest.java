package dev.datapipeline.sandbox.pool;

import static dev.datapipeline.testing.Eventually.eventually;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.datapipeline.testing.FakeSandbox;
import org.junit.jupiter.api.Test;

/** Sandboxes that are started before a run needs them. */
class WarmStockTest extends SandboxPoolFixture {
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
    void warmSandboxThatDiedIsNotLeased() throws Exception {
        pool.open();
        eventually("two are warm", () -> pool.warm() == 2);
        FakeSandbox first = launcher.launched().getFirst();
        first.die();

        assertNotEquals(first.id(), leaseAndClose(RUN));
        eventually("it is removed", () -> first.isRemoved());
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
}
