package dev.datapipeline.outbound.wire;

import dev.datapipeline.memory.MemoryBudget;
import dev.datapipeline.memory.MemoryLease;
import java.util.ArrayList;
import java.util.List;

/**
 * Memory of one request's body. It is taken from several budgets: that of its sandbox, so that one script cannot take it from all others;
 * that of all sandboxes, so that they cannot take it from the API; and that of the service. Any thread may close it.
 */
public final class BodyMemory implements AutoCloseable {
    private final List<MemoryBudget> budgets;
    private final List<MemoryLease> leases = new ArrayList<>();

    /** @param budgets in the order in which they are asked */
    public BodyMemory(List<MemoryBudget> budgets) {
        this.budgets = budgets;
    }

    /** Holds so many bytes in all; where not all budgets have them, what was taken is kept for the next attempt. Never waits. */
    synchronized boolean tryGrowTo(long bytes) {
        for (int place = 0; place < budgets.size(); place++) {
            if (place == leases.size()) {
                var lease = budgets.get(place).tryTake(0);
                if (lease.isEmpty()) {
                    return false;
                }
                leases.add(lease.get());
            }
            if (!leases.get(place).tryGrowTo(bytes)) {
                return false;
            }
        }
        return true;
    }

    @Override
    public synchronized void close() {
        leases.forEach(MemoryLease::close);
    }
}
