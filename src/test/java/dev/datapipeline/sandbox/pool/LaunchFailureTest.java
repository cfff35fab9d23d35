package dev.datapipeline.sandbox.pool;

import static dev.datapipeline.testing.Eventually.eventually;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.datapipeline.sandbox.engine.SandboxFailure;
import dev.datapipeline.sandbox.engine.SandboxFailureException;
import org.junit.jupiter.api.Test;

/** Docker fails to start sandboxes. */
class LaunchFailureTest extends SandboxPoolFixture {
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
}
