package dev.datapipeline.sandbox.pool;

import dev.datapipeline.sandbox.Sandbox;
import dev.datapipeline.sandbox.engine.SandboxFailureException;
import dev.datapipeline.time.Deadline;
import dev.datapipeline.time.Ticker;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.Iterator;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/** The sandboxes of one owner: leased ones and idle ones between two batches. Thread-safe. */
final class RunSandboxPool {
    private record Idle(Sandbox sandbox, Deadline expiry) {}

    private final Ticker ticker;
    private final Duration idleTimeout;
    private final Consumer<Sandbox> discard;
    private final Set<Sandbox> leased = new HashSet<>();
    private final Deque<Idle> idle = new ArrayDeque<>();
    private boolean isReleased;

    /** @param discard called once with every sandbox that is of no further use */
    RunSandboxPool(Ticker ticker, Duration idleTimeout, Consumer<Sandbox> discard) {
        this.ticker = ticker;
        this.idleTimeout = idleTimeout;
        this.discard = discard;
    }

    /** Leases the idle sandbox that was used last, because the processor caches most likely still hold its memory. */
    synchronized Optional<Sandbox> leaseIdle() {
        Idle last = idle.pollLast();
        while (last != null && !last.sandbox().isReady()) {
            discard.accept(last.sandbox());
            last = idle.pollLast();
        }
        if (last == null) {
            return Optional.empty();
        }
        leased.add(last.sandbox());
        return Optional.of(last.sandbox());
    }

    synchronized void add(Sandbox fresh) throws SandboxFailureException {
        if (isReleased) {
            discard.accept(fresh);
            throw SandboxFailureException.closed();
        }
        leased.add(fresh);
    }

    /** Keeps a leased sandbox if it can be reused, and discards it otherwise. A second call for the same lease does nothing. */
    synchronized void takeBack(Sandbox sandbox, boolean isReusable) {
        if (!leased.remove(sandbox)) {
            return;
        }
        if (isReusable && sandbox.isReady()) {
            idle.addLast(new Idle(sandbox, ticker.deadlineIn(idleTimeout)));
        } else {
            discard.accept(sandbox);
        }
    }

    synchronized void release() {
        isReleased = true;
        leased.forEach(discard);
        leased.clear();
        idle.forEach(entry -> discard.accept(entry.sandbox()));
        idle.clear();
    }

    /** Discards the sandbox that has been idle longest; returns false when there is none. */
    synchronized boolean evict() {
        Idle first = idle.pollFirst();
        if (first == null) {
            return false;
        }
        discard.accept(first.sandbox());
        return true;
    }

    synchronized void tidy() {
        for (Iterator<Idle> all = idle.iterator(); all.hasNext(); ) {
            Idle next = all.next();
            if (next.expiry().isOver() || !next.sandbox().isReady()) {
                all.remove();
                discard.accept(next.sandbox());
            }
        }
    }

    synchronized boolean isLeased(Sandbox sandbox) {
        return leased.contains(sandbox);
    }

    synchronized int leased() {
        return leased.size();
    }

    synchronized int idle() {
        return idle.size();
    }
}
