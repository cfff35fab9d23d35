package dev.datapipeline.sandbox;

import dev.datapipeline.sandbox.engine.SandboxFailureException;
import dev.datapipeline.time.Deadline;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.Iterator;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/** The sandboxes of one run: those at work and those between two batches. Thread-safe. */
final class RunSandboxPool {
    private record Idle(RunningSandbox sandbox, Deadline tooLate) {}

    private final PoolSettings settings;
    private final Consumer<RunningSandbox> discard;
    private final Set<RunningSandbox> lent = new HashSet<>();
    private final Deque<Idle> idle = new ArrayDeque<>();
    private boolean isReleased;

    /** @param discard called with every sandbox that is of no further use, once each */
    RunSandboxPool(PoolSettings settings, Consumer<RunningSandbox> discard) {
        this.settings = settings;
        this.discard = discard;
    }

    /** Lends the one used last, which is the most likely to be in a cache. */
    synchronized Optional<RunningSandbox> takeIdle() {
        Idle last = idle.pollLast();
        while (last != null && !last.sandbox().isReady()) {
            discard.accept(last.sandbox());
            last = idle.pollLast();
        }
        if (last == null) {
            return Optional.empty();
        }
        lent.add(last.sandbox());
        return Optional.of(last.sandbox());
    }

    /** Takes in a new sandbox as lent. */
    synchronized void add(RunningSandbox fresh) throws SandboxFailureException {
        if (isReleased) {
            discard.accept(fresh);
            throw SandboxFailureException.closed();
        }
        lent.add(fresh);
    }

    /** Takes a lent one back, for further use only where it is sound; nothing happens the second time. */
    synchronized void giveBack(RunningSandbox sandbox, boolean isSound) {
        if (!lent.remove(sandbox)) {
            return;
        }
        if (isSound && sandbox.isReady()) {
            idle.addLast(new Idle(sandbox, Deadline.in(settings.idleTimeout())));
        } else {
            discard.accept(sandbox);
        }
    }

    synchronized void release() {
        isReleased = true;
        lent.forEach(discard);
        lent.clear();
        idle.forEach(entry -> discard.accept(entry.sandbox()));
        idle.clear();
    }

    /** Gives up the one that has been idle for the longest; false when there is none. */
    synchronized boolean evict() {
        Idle first = idle.pollFirst();
        if (first == null) {
            return false;
        }
        discard.accept(first.sandbox());
        return true;
    }

    /** Gives up those that have been idle for too long or died. */
    synchronized void tidy() {
        for (Iterator<Idle> all = idle.iterator(); all.hasNext(); ) {
            Idle next = all.next();
            if (next.tooLate().isOver() || !next.sandbox().isReady()) {
                all.remove();
                discard.accept(next.sandbox());
            }
        }
    }

    synchronized boolean isLent(RunningSandbox sandbox) {
        return lent.contains(sandbox);
    }

    synchronized int lent() {
        return lent.size();
    }

    synchronized int idle() {
        return idle.size();
    }
}
