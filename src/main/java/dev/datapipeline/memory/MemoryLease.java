package dev.datapipeline.memory;

import java.util.concurrent.atomic.AtomicInteger;

/** Memory taken from the budget. Closing returns it; closing again does nothing. Any thread may close it. */
public final class MemoryLease implements AutoCloseable {
    private static final int CLOSED = -1;

    private final MemoryBudget budget;
    private final AtomicInteger units;

    MemoryLease(MemoryBudget budget, int units) {
        this.budget = budget;
        this.units = new AtomicInteger(units);
    }

    /**
     * Makes the lease large enough for so many bytes in all, without waiting: one who waits while holding memory may be waited for.
     *
     * @return false when the budget has not that much, or not now, or the lease is closed; the lease is then what it was
     */
    public boolean tryGrowTo(long bytes) {
        int wanted = budget.units(bytes);
        int held = units.get();
        if (held == CLOSED || bytes > budget.capacity() || wanted > held && !budget.tryAcquire(wanted - held)) {
            return false;
        }
        if (wanted <= held || units.compareAndSet(held, wanted)) {
            return true;
        }
        // Another thread has closed or grown the lease meanwhile.
        budget.release(wanted - held);
        return tryGrowTo(bytes);
    }

    @Override
    public void close() {
        int held = units.getAndSet(CLOSED);
        if (held != CLOSED) {
            budget.release(held);
        }
    }
}
