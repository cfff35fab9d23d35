package dev.datapipeline.sandbox;

import static dev.datapipeline.sandbox.Eventually.eventually;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

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
class ScriptCheckerTest {
    /** A thread for each task; the common pool may have one only. */
    private static final Executor OF_ITS_OWN =
            task -> Thread.ofPlatform().daemon().start(task);

    private final FakeSandboxes fakes = new FakeSandboxes();
    private final WarmSandboxPool supply = new WarmSandboxPool(
            fakes,
            new PoolSettings(
                    1, 8, Duration.ofSeconds(20), Duration.ofMillis(20), Duration.ofMillis(10), Duration.ofHours(1)),
            () -> false);

    @BeforeEach
    void open() {
        supply.open();
    }

    @AfterEach
    void close() {
        fakes.endSlowChecks();
        supply.close();
    }

    @Test
    void severalScriptsAreCheckedSideBySide() throws Exception {
        ScriptChecker checker = new ScriptChecker(supply, 2, 10, Duration.ofSeconds(10));
        CompletableFuture<Void> slow = checking(checker, "slow");

        assertEquals(List.of(), checker.check("fine"));

        fakes.endSlowChecks();
        slow.get(10, TimeUnit.SECONDS);
    }

    @Test
    void oneCallerTooManyIsRefusedAtOnce() throws Exception {
        ScriptChecker checker = new ScriptChecker(supply, 2, 1, Duration.ofMinutes(1));
        CompletableFuture<Void> slow = checking(checker, "slow");

        assertThrows(ChecksBusyException.class, () -> checker.check("fine"));

        fakes.endSlowChecks();
        slow.get(10, TimeUnit.SECONDS);
        assertEquals(List.of(), checker.check("fine"));
    }

    @Test
    void whoWaitedForTooLongIsRefused() throws Exception {
        ScriptChecker checker = new ScriptChecker(supply, 2, 10, Duration.ofMillis(50));
        checking(checker, "slow");
        String alsoLong = "fine" + " ".repeat(20_000);
        String longAndSlow = "slow" + " ".repeat(20_000);
        checking(checker, longAndSlow);

        assertThrows(ChecksBusyException.class, () -> checker.check("fine"));
        assertThrows(ChecksBusyException.class, () -> checker.check(alsoLong));
    }

    @Test
    void whatNobodyUsesIsGivenUpButOne() throws Exception {
        ScriptChecker checker = new ScriptChecker(supply, 2, 10, Duration.ofSeconds(10));
        CompletableFuture<Void> slow = checking(checker, "slow");
        checker.check("fine");
        fakes.endSlowChecks();
        slow.get(10, TimeUnit.SECONDS);

        checker.tidy();

        eventually(
                "one of the two is removed",
                () -> fakes.started().stream().filter(fakes::isRemoved).count() == 1);
        assertEquals(List.of(), checker.check("fine"));
    }

    private CompletableFuture<Void> checking(ScriptChecker checker, String source) throws Exception {
        int before = fakes.slowChecks();
        CompletableFuture<Void> check = CompletableFuture.runAsync(
                () -> {
                    try {
                        checker.check(source);
                    } catch (Exception failed) {
                        throw new IllegalStateException(failed);
                    }
                },
                OF_ITS_OWN);
        eventually("it is being checked", () -> fakes.slowChecks() > before);
        return check;
    }
}
