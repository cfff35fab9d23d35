package dev.datapipeline.memory;

import dev.datapipeline.problem.ProblemException;
import dev.datapipeline.problem.ProblemType;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/** Counts the bytes that requests hold in memory and admits no more than fit, in the order in which they came. Thread-safe. */
@Singleton
public class MemoryBudget {
    /** Permits are counted in an int: units of 1 KiB reach to 2 TiB. */
    private static final int UNIT = 1024;

    /** Part of the heap that may be held; the rest is for everything that is not counted. */
    private static final int PART_OF_HEAP = 4;

    private static final Duration RETRY_AFTER = Duration.ofSeconds(5);

    private final int capacity;
    private final Semaphore free;
    private final Duration longestWait;

    @Inject
    public MemoryBudget(MemoryConfig config) {
        this(
                config.budget()
                        .map(size -> size.asLongValue())
                        .orElse(Runtime.getRuntime().maxMemory() / PART_OF_HEAP),
                config.longestWait());
    }

    /** @param bytes that may be held at the same time; 1 or more */
    public MemoryBudget(long bytes, Duration longestWait) {
        if (bytes < 1) {
            throw new IllegalArgumentException("datapipeline.memory.budget must be 1 byte or more");
        }
        this.capacity = (int) Math.min(Integer.MAX_VALUE, (bytes + UNIT - 1) / UNIT);
        this.free = new Semaphore(capacity, true);
        this.longestWait = longestWait;
    }

    /**
     * Takes bytes, and waits while others hold them. Blocks: never call it on an event loop.
     *
     * <p>A request for more than the whole budget gets all of it once nobody else holds any; a request for nothing waits for nobody.
     *
     * @throws ProblemException MEMORY_UNAVAILABLE, with Retry-After, when they do not become free in time
     */
    public MemoryLease take(long bytes) {
        int wanted = units(bytes);
        if (wanted == 0) {
            return new MemoryLease(this, 0);
        }
        try {
            if (free.tryAcquire(wanted, longestWait.toNanos(), TimeUnit.NANOSECONDS)) {
                return new MemoryLease(this, wanted);
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
        throw unavailable();
    }

    /** Takes bytes if they are free and nobody waits; never blocks. A request for more than the whole budget asks for all of it. */
    public Optional<MemoryLease> tryTake(long bytes) {
        int wanted = units(bytes);
        return tryAcquire(wanted) ? Optional.of(new MemoryLease(this, wanted)) : Optional.empty();
    }

    public static ProblemException unavailable() {
        return new ProblemException(
                        ProblemType.MEMORY_UNAVAILABLE,
                        "Other requests hold the memory that this one needs. Send it again in a few seconds.")
                .retryAfter(RETRY_AFTER);
    }

    public long capacity() {
        return (long) capacity * UNIT;
    }

    public long taken() {
        return (long) (capacity - free.availablePermits()) * UNIT;
    }

    int units(long bytes) {
        if (bytes < 0) {
            throw new IllegalArgumentException("a negative number of bytes: " + bytes);
        }
        return (int) Math.min(capacity, bytes / UNIT + (bytes % UNIT == 0 ? 0 : 1));
    }

    /** The timeout of zero makes the semaphore fair; tryAcquire without one would overtake those who wait. */
    boolean tryAcquire(int units) {
        try {
            return free.tryAcquire(units, 0, TimeUnit.NANOSECONDS);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    void release(int units) {
        free.release(units);
    }
}
