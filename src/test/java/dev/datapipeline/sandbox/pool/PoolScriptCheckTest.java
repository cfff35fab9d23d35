package dev.datapipeline.sandbox.pool;

import static dev.datapipeline.testing.Eventually.eventually;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.datapipeline.sandbox.engine.SandboxFailureException;
import dev.datapipeline.sandbox.image.BaseImages;
import dev.datapipeline.testing.FakeSandbox;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** Scripts that are checked in sandboxes of the pool. */
class PoolScriptCheckTest extends SandboxPoolFixture {
    @Test
    void scriptsAreCheckedInOneSandboxThatIsReplacedWhenItBreaks() throws Exception {
        pool.open();

        assertEquals(List.of(), pool.check(BaseImages.DEFAULT, "fine"));
        assertEquals(List.of(), pool.check(BaseImages.DEFAULT, "fine"));
        assertThrows(SandboxFailureException.class, () -> pool.check(BaseImages.DEFAULT, "break"));
        assertEquals(List.of(), pool.check(BaseImages.DEFAULT, "fine"));

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
            slowChecks.add(CompletableFuture.runAsync(() -> check(slow), OWN_THREAD));
        }
        eventually("one is being checked", () -> launcher.slowChecks() == 1);

        assertEquals(List.of(), pool.check(BaseImages.DEFAULT, "fine"));

        assertEquals(1, launcher.slowChecks(), "long ones leave a sandbox to short ones");
        launcher.endSlowChecks();
        for (CompletableFuture<Void> check : slowChecks) {
            check.get(10, TimeUnit.SECONDS);
        }
    }

    private void check(String source) {
        try {
            pool.check(BaseImages.DEFAULT, source);
        } catch (Exception failed) {
            throw new IllegalStateException(failed);
        }
    }
}
