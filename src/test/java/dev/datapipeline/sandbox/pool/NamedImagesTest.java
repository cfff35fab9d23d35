package dev.datapipeline.sandbox.pool;

import static dev.datapipeline.testing.Eventually.eventually;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.datapipeline.sandbox.SandboxLease;
import dev.datapipeline.sandbox.SandboxOwner;
import dev.datapipeline.sandbox.SandboxRequest;
import dev.datapipeline.sandbox.engine.SandboxFailure;
import dev.datapipeline.sandbox.engine.SandboxFailureException;
import dev.datapipeline.sandbox.image.SandboxBase;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Sandboxes of images that runs choose by name. */
class NamedImagesTest extends SandboxPoolFixture {
    private SandboxLease lease(SandboxOwner run, String image) throws Exception {
        return pool.lease(new SandboxRequest(run, PIPELINE, false, SandboxBase.of(image)));
    }

    @Test
    void sandboxOfTheImageIsStartedOnDemand() throws Exception {
        pool.open();
        eventually("two are warm", () -> pool.warm() == 2);

        try (SandboxLease sandbox = lease(RUN, "geo")) {
            assertTrue(sandbox.id().startsWith("geo"), sandbox.id());
            assertEquals(1, run(sandbox, 1).succeeded());
        }
    }

    @Test
    void nobodyWaitsBehindAnImageThatIsMissing() throws Exception {
        launcher.failWith("geo", new SandboxFailureException(SandboxFailure.IMAGE, "there is no geo", null));
        pool.open();

        SandboxFailureException missing = assertThrows(SandboxFailureException.class, () -> lease(RUN, "geo"));

        assertEquals("there is no geo", missing.getMessage());
        leaseAndClose(OTHER_RUN);
        assertTrue(pool.trouble().isEmpty());
    }

    @Test
    void missingImageIsTriedAgainForTheNextRunAfterAPause() throws Exception {
        launcher.failWith("geo", new SandboxFailureException(SandboxFailure.IMAGE, "there is no geo", null));
        pool.open();
        assertThrows(SandboxFailureException.class, () -> lease(RUN, "geo"));
        launcher.failWith("geo", new SandboxFailureException(SandboxFailure.IMAGE, "still no geo", null));

        assertEquals(
                "there is no geo",
                assertThrows(SandboxFailureException.class, () -> lease(RUN, "geo"))
                        .getMessage());
        ticker.advance(RETRY_DELAY);

        assertEquals(
                "still no geo",
                assertThrows(SandboxFailureException.class, () -> lease(RUN, "geo"))
                        .getMessage());
    }

    @Test
    void sandboxOfAnImageUsedLastIsKeptForAWhile() throws Exception {
        pool.open();
        eventually("two are warm", () -> pool.warm() == 2);
        lease(RUN, "geo").close();
        pool.release(RUN);

        eventually("one more is kept", () -> pool.warm() == 3);

        ticker.advance(IDLE_TIMEOUT);
        pool.tidy();
        eventually("only the usual ones are warm", () -> pool.warm() == 2 && pool.living() == 2);
    }

    @Test
    void onlyFewImagesHaveASandboxReady() throws Exception {
        pool = pool(2, 20);
        pool.open();
        for (String image : List.of("a", "b", "c", "d")) {
            lease(RUN, image).close();
            pool.release(RUN);
        }

        eventually("two usual ones and two others are warm", () -> {
            ticker.advance(REFILL_DELAY);
            pool.tidy();
            return pool.warm() == 4 && pool.living() == 4;
        });
    }

    @Test
    void warmSandboxesOfOtherImagesMakeRoom() throws Exception {
        pool = pool(2, 2);
        pool.open();
        eventually("all places are taken", () -> pool.living() == 2);

        try (SandboxLease geo = lease(RUN, "geo");
                SandboxLease usual = pool.lease(request(OTHER_RUN, PIPELINE))) {
            assertTrue(geo.id().startsWith("geo"), geo.id());
            assertTrue(usual.id().startsWith("sandbox"), usual.id());
        }
        assertTrue(pool.living() <= 2);
    }

    @Test
    void scriptsAreCheckedInTheImageOfTheirPipeline() throws Exception {
        // Nothing is kept ready, so what is started is for the checks.
        pool = pool(0, 4);
        pool.open();

        pool.check("geo", "fine");
        pool.check("geo", "fine");

        assertEquals(
                1,
                launcher.launched().stream()
                        .filter(sandbox -> sandbox.id().startsWith("geo"))
                        .count());
    }
}
