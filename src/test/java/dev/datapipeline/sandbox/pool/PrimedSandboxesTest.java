package dev.datapipeline.sandbox.pool;

import static dev.datapipeline.testing.Eventually.eventually;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.datapipeline.sandbox.SandboxLease;
import dev.datapipeline.sandbox.SandboxOwner;
import dev.datapipeline.sandbox.SandboxRequest;
import dev.datapipeline.sandbox.engine.pipeline.Priming;
import dev.datapipeline.sandbox.image.BaseImages;
import dev.datapipeline.sandbox.image.SandboxBase;
import dev.datapipeline.testing.FakeSandbox;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Sandboxes that have imported the modules of an environment before a run needs them. */
class PrimedSandboxesTest extends SandboxPoolFixture {
    private static SandboxRequest with(SandboxOwner run, String environment) {
        return new SandboxRequest(
                run, PIPELINE.withEnvironment(environment), false, new SandboxBase(BaseImages.DEFAULT, environment));
    }

    private @Nullable Priming primed(SandboxLease sandbox) {
        return launcher.byId(sandbox.id()).primed();
    }

    /** Runs once with the environment, and waits for the sandbox that is started for the next run. */
    private void use(String environment, int warmAfterwards) throws Exception {
        pool.lease(with(RUN, environment)).close();
        pool.release(RUN);
        eventually("one is primed", () -> pool.warm() == warmAfterwards && pool.living() == warmAfterwards);
    }

    private FakeSandbox lastLaunched() {
        return launcher.launched().getLast();
    }

    @Test
    void nextRunWithTheEnvironmentFindsItsModulesImported() throws Exception {
        pool.open();
        use("folder", 3);

        try (SandboxLease sandbox = pool.lease(with(OTHER_RUN, "folder"))) {
            assertEquals(new Priming("folder", List.of("pandas")), primed(sandbox));
        }
    }

    @Test
    void runsWithOtherEnvironmentsOrNoneNeverGetIt() throws Exception {
        pool.open();
        use("folder", 3);

        for (int lease = 0; lease < 3; lease++) {
            try (SandboxLease sandbox = pool.lease(request(OTHER_RUN, PIPELINE))) {
                assertNull(primed(sandbox));
            }
            try (SandboxLease sandbox = pool.lease(with(RUN, "another"))) {
                assertNull(primed(sandbox));
            }
        }
    }

    @Test
    void onlyEnvironmentsUsedLastHaveOne() throws Exception {
        pool = pool(2, 20);
        pool.open();
        use("one", 3);
        use("two", 4);
        use("three", 4);

        try (SandboxLease sandbox = pool.lease(with(OTHER_RUN, "one"))) {
            assertNull(primed(sandbox));
        }
        try (SandboxLease sandbox = pool.lease(with(RUN, "three"))) {
            assertEquals(new Priming("three", List.of("pandas")), primed(sandbox));
        }
    }

    @Test
    void itIsTheFirstToGoWhenPlacesAreShort() throws Exception {
        pool = pool(1, 2);
        pool.open();
        use("folder", 2);
        FakeSandbox unneeded = lastLaunched();

        try (SandboxLease one = pool.lease(request(RUN, PIPELINE));
                SandboxLease two = pool.lease(request(OTHER_RUN, PIPELINE))) {
            assertNull(primed(one));
            assertNull(primed(two));
        }
        assertTrue(unneeded.isAborted());
    }

    @Test
    void noneAreKeptWhileMemoryIsShort() throws Exception {
        pool.open();
        use("folder", 3);

        isMemoryShort.set(true);
        pool.tidy();

        eventually("only the usual ones are there", () -> pool.warm() == 2 && pool.living() == 2);
    }

    @Test
    void oneThatNobodyUsesIsDiscarded() throws Exception {
        pool.open();
        use("folder", 3);

        ticker.advance(IDLE_TIMEOUT);
        pool.tidy();

        eventually("only the usual ones are there", () -> pool.warm() == 2 && pool.living() == 2);
    }

    @Test
    void oneThatDiedIsReplaced() throws Exception {
        pool.open();
        use("folder", 3);
        FakeSandbox dead = lastLaunched();
        dead.die();

        pool.tidy();

        eventually("there is another", () -> pool.warm() == 3 && lastLaunched() != dead);
        try (SandboxLease sandbox = pool.lease(with(OTHER_RUN, "folder"))) {
            assertFalse(sandbox.id().equals(dead.id()));
        }
    }

    @Test
    void closingThePoolDiscardsThemToo() throws Exception {
        pool.open();
        use("folder", 3);

        pool.close();

        assertEquals(0, launcher.living());
    }
}
