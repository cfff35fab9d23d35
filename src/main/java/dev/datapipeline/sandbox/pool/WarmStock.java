package dev.datapipeline.sandbox.pool;

import dev.datapipeline.sandbox.Sandbox;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Sandboxes of one image that have started and belong to nobody yet. Not thread-safe: {@link WarmSandboxPool} guards it. */
final class WarmStock {
    private final Consumer<Sandbox> discard;
    private final Deque<Sandbox> sandboxes = new ArrayDeque<>();

    /** @param discard called once with every sandbox that died here or is left when the stock is cleared */
    WarmStock(Consumer<Sandbox> discard) {
        this.discard = discard;
    }

    void add(Sandbox sandbox) {
        sandboxes.addLast(sandbox);
    }

    /** Takes a sandbox that lives, null when there is none. */
    @Nullable
    Sandbox poll() {
        Sandbox next = sandboxes.pollFirst();
        while (next != null && !next.isReady()) {
            discard.accept(next);
            next = sandboxes.pollFirst();
        }
        return next;
    }

    void removeDead() {
        sandboxes.removeIf(sandbox -> {
            boolean isDead = !sandbox.isReady();
            if (isDead) {
                discard.accept(sandbox);
            }
            return isDead;
        });
    }

    /** Discards the oldest until no more than so many are left. */
    void shrink(int size) {
        while (sandboxes.size() > size) {
            discard.accept(sandboxes.removeFirst());
        }
    }

    void clear() {
        sandboxes.forEach(discard);
        sandboxes.clear();
    }

    int size() {
        return sandboxes.size();
    }
}
