package dev.datapipeline.sandbox.pool;

import static dev.datapipeline.testing.Eventually.eventually;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.datapipeline.sandbox.ChecksBusyException;
import dev.datapipeline.sandbox.PoolSettings;
import dev.datapipeline.sandbox.image.BaseImages;
import dev.datapipeline.testing.FakeLauncher;
import dev.datapipeline.testing.SettableTicker;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Who is told to come back when more scripts are to be checked than can be. */
@Timeout(60)
class CheckSandboxPoolTest {
    /** A thread for each task; the common pool may have one only. */
    private static final Executor OWN_THREAD =
            task -> Thread.ofPlatform().daemon().start(task);

    private final FakeLauncher launcher = new FakeLauncher();
    private final WarmSandboxPool warm = new WarmSandboxPool(
            launcher,
            new PoolSettings(
                    1, 0, 8, Duration.ofSeconds(20), Duration.ofMillis(20), Duration.ofMillis(10), Duration.ofHours(1)),
            () -> false,
            () -> false,
            new SettableTicker());

    @BeforeEach
    void open() {
        warm.open();
    }

    @AfterEach
    void close() {
        launcher.endSlowChecks();
        warm.close();
    }

    @Test
    void severalScriptsAreCheckedSideBySide() throws Exception {
        CheckSandboxPool checks = new CheckSandboxPool(warm, 2, 10, Duration.ofSeconds(10));
        CompletableFuture<Void> slow = checking(checks, "slow");

        assertEquals(List.of(), checks.check(BaseImages.DEFAULT, "fine"));

        launcher.endSlowChecks();
        slow.get(10, TimeUnit.SECONDS);
    }

    @Test
    void oneCallerTooManyIsRefusedAtOnce() throws Exception {
        CheckSandboxPool checks = new CheckSandboxPool(warm, 2, 1, Duration.ofMinutes(1));
        CompletableFuture<Void> slow = checking(checks, "slow");

        assertThrows(ChecksBusyException.class, () -> checks.check(BaseImages.DEFAULT, "fine"));

        launcher.endSlowChecks();
        slow.get(10, TimeUnit.SECONDS);
        assertEquals(List.of(), checks.check(BaseImages.DEFAULT, "fine"));
    }

    @Test
    void callerWhoWaitedForTooLongIsRefused() throws Exception {
        CheckSandboxPool checks = new CheckSandboxPool(warm, 2, 10, Duration.ofMillis(50));
        checking(checks, "slow");
        String alsoLong = "fine" + " ".repeat(20_000);
        String longAndSlow = "slow" + " ".repeat(20_000);
        checking(checks, longAndSlow);

        assertThrows(ChecksBusyException.class, () -> checks.check(BaseImages.DEFAULT, "fine"));
        assertThrows(ChecksBusyException.class, () -> checks.check(BaseImages.DEFAULT, alsoLong));
    }

    @Test
    void idleSandboxesAreRemovedButOne() throws Exception {
        CheckSandboxPool checks = new CheckSandboxPool(warm, 2, 10, Duration.ofSeconds(10));
        CompletableFuture<Void> slow = checking(checks, "slow");
        checks.check(BaseImages.DEFAULT, "fine");
        launcher.endSlowChecks();
        slow.get(10, TimeUnit.SECONDS);

        checks.tidy();

        eventually("one of the two is removed", () -> launcher.removed() == 1);
        assertEquals(List.of(), checks.check(BaseImages.DEFAULT, "fine"));
    }

    private CompletableFuture<Void> checking(CheckSandboxPool checks, String source) throws Exception {
        int before = launcher.slowChecks();
        CompletableFuture<Void> check = CompletableFuture.runAsync(
                () -> {
                    try {
                        checks.check(BaseImages.DEFAULT, source);
                    } catch (Exception failed) {
                        throw new IllegalStateException(failed);
                    }
                },
                OWN_THREAD);
        eventually("it is being checked", () -> launcher.slowChecks() > before);
        return check;
    }
}
