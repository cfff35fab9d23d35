package dev.datapipeline.time;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.datapipeline.testing.SettableTicker;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class DeadlineTest {
    private final SettableTicker ticker = new SettableTicker();

    @Test
    void deadlineIsOverAtItsMoment() {
        Deadline deadline = ticker.deadlineIn(Duration.ofSeconds(2));

        ticker.advance(Duration.ofSeconds(2).minusNanos(1));
        assertFalse(deadline.isOver());
        assertEquals(Duration.ofNanos(1), deadline.left());

        ticker.advance(Duration.ofNanos(1));
        assertTrue(deadline.isOver());
    }

    @Test
    void nothingIsLeftOfADeadlineInThePast() {
        Deadline deadline = ticker.deadlineIn(Duration.ofSeconds(2));

        ticker.advance(Duration.ofHours(1));

        assertEquals(Duration.ZERO, deadline.left());
    }

    @Test
    void earlierDeadlineIsFound() {
        Deadline early = ticker.deadlineIn(Duration.ofSeconds(1));
        Deadline late = ticker.deadlineIn(Duration.ofSeconds(2));

        assertSame(early, Deadline.earlier(early, late));
        assertSame(early, Deadline.earlier(late, early));
    }

    @Test
    void sleepMovesTheClockOfATest() {
        Deadline deadline = ticker.deadlineIn(Duration.ofHours(1));

        ticker.sleep(Duration.ofHours(1));

        assertTrue(deadline.isOver());
    }

    @Test
    void advanceWakesAThreadThatWaitsForADeadline() throws Exception {
        Deadline deadline = ticker.deadlineIn(Duration.ofHours(1));
        CountDownLatch isWaiting = new CountDownLatch(1);
        CompletableFuture<Boolean> isOver = new CompletableFuture<>();
        Thread.ofPlatform().daemon().start(() -> isOver.complete(waitUntilOver(deadline, isWaiting)));
        isWaiting.await();

        ticker.advance(Duration.ofHours(1));

        assertTrue(isOver.get(10, TimeUnit.SECONDS));
    }

    @Test
    void systemWaitEndsWithItsDeadline() throws Exception {
        Ticker system = Ticker.system();
        Object monitor = new Object();
        Deadline deadline = system.deadlineIn(Duration.ofMillis(5));

        synchronized (monitor) {
            while (!deadline.isOver()) {
                system.await(monitor, deadline);
            }
        }

        assertTrue(deadline.isOver());
    }

    private boolean waitUntilOver(Deadline deadline, CountDownLatch isWaiting) {
        Object monitor = new Object();
        synchronized (monitor) {
            while (!deadline.isOver()) {
                isWaiting.countDown();
                try {
                    ticker.await(monitor, deadline);
                } catch (InterruptedException stopped) {
                    return false;
                }
            }
            return true;
        }
    }
}
