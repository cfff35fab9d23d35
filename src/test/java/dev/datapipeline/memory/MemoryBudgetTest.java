package dev.datapipeline.memory;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.datapipeline.problem.ProblemException;
import dev.datapipeline.problem.ProblemType;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class MemoryBudgetTest {
    private static final long KB = 1024;
    private static final Duration LONG = Duration.ofSeconds(30);
    private static final Duration NONE = Duration.ZERO;

    @Test
    void takesAndReleasesExactlyOnce() {
        MemoryBudget budget = new MemoryBudget(10 * KB, NONE);

        MemoryLease lease = budget.take(4 * KB + 1);
        assertEquals(5 * KB, budget.taken());
        lease.close();
        lease.close();

        assertEquals(0, budget.taken());
        assertEquals(10 * KB, budget.capacity());
    }

    @Test
    void rejectionHasRetryAfter() {
        MemoryBudget budget = new MemoryBudget(10 * KB, NONE);
        try (MemoryLease all = budget.take(10 * KB)) {
            assertFalse(budget.tryTake(1).isPresent());

            ProblemException rejected = assertThrows(ProblemException.class, () -> budget.take(1));

            assertEquals(ProblemType.MEMORY_UNAVAILABLE, rejected.type());
            assertEquals(Duration.ofSeconds(5), rejected.retryAfter());
            assertEquals(10 * KB, budget.taken());
            assertTrue(all.tryGrowTo(KB));
        }
        assertTrue(budget.tryTake(10 * KB).isPresent());
    }

    @Test
    void requestForMoreThanTheBudgetTakesAllOfIt() {
        MemoryBudget budget = new MemoryBudget(10 * KB, NONE);

        try (MemoryLease lease = budget.take(Long.MAX_VALUE)) {
            assertEquals(10 * KB, budget.taken());
            assertFalse(lease.tryGrowTo(Long.MAX_VALUE));
        }

        assertEquals(0, budget.taken());
    }

    @Test
    void leaseGrowsWithoutWaitingUntilItIsClosed() {
        MemoryBudget budget = new MemoryBudget(10 * KB, LONG);
        MemoryLease lease = budget.take(2 * KB);
        MemoryLease other = budget.take(4 * KB);

        assertTrue(lease.tryGrowTo(6 * KB));
        assertFalse(lease.tryGrowTo(7 * KB));
        other.close();
        assertTrue(lease.tryGrowTo(7 * KB));
        assertEquals(7 * KB, budget.taken());
        lease.close();

        assertFalse(lease.tryGrowTo(1));
        assertEquals(0, budget.taken());
    }

    @Test
    void waitsUntilOthersRelease() {
        MemoryBudget budget = new MemoryBudget(10 * KB, LONG);
        MemoryLease first = budget.take(8 * KB);
        CompletableFuture<MemoryLease> second = CompletableFuture.supplyAsync(() -> budget.take(8 * KB));

        first.close();

        second.orTimeout(30, TimeUnit.SECONDS).join().close();
        assertEquals(0, budget.taken());
    }

    @Test
    void smallRequestsDoNotOvertakeALargeOne() throws InterruptedException {
        MemoryBudget budget = new MemoryBudget(10 * KB, LONG);
        MemoryLease held = budget.take(5 * KB);
        Thread large = new Thread(() -> budget.take(10 * KB).close());
        large.start();
        while (large.getState() != Thread.State.TIMED_WAITING) {
            Thread.onSpinWait();
        }

        assertFalse(budget.tryTake(1).isPresent());

        held.close();
        large.join(LONG);
        assertFalse(large.isAlive());
        assertTrue(budget.tryTake(1).isPresent());
    }

    @Test
    void interruptedRequestGetsNothing() {
        MemoryBudget budget = new MemoryBudget(KB, LONG);
        try (MemoryLease all = budget.take(KB)) {
            Thread.currentThread().interrupt();

            assertThrows(ProblemException.class, () -> budget.take(1));

            assertTrue(Thread.interrupted());
            assertTrue(all.tryGrowTo(KB));
        }
        assertEquals(0, budget.taken());
    }

    @Test
    void countsCorrectlyUnderConcurrency() throws InterruptedException {
        MemoryBudget budget = new MemoryBudget(64 * KB, LONG);
        CountDownLatch start = new CountDownLatch(1);
        List<Thread> threads = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            threads.add(Thread.ofPlatform().start(() -> takeGrowAndClose(budget, start)));
        }

        start.countDown();
        for (Thread thread : threads) {
            assertTrue(thread.join(LONG));
        }

        assertEquals(0, budget.taken());
    }

    private static void takeGrowAndClose(MemoryBudget budget, CountDownLatch start) {
        try {
            start.await();
        } catch (InterruptedException interrupted) {
            throw new IllegalStateException(interrupted);
        }
        ThreadLocalRandom random = ThreadLocalRandom.current();
        for (int i = 0; i < 2000; i++) {
            MemoryLease lease = budget.take(random.nextLong(20 * KB));
            lease.tryGrowTo(random.nextLong(30 * KB));
            assertTrue(budget.taken() <= budget.capacity());
            lease.close();
            lease.close();
        }
    }

    @Test
    void rejectsABudgetOfZero() {
        assertThrows(IllegalArgumentException.class, () -> new MemoryBudget(0, NONE));
        assertThrows(
                IllegalArgumentException.class,
                () -> new MemoryBudget(KB, NONE).take(-1).close());
    }
}
