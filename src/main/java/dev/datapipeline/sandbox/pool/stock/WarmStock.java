package dev.datapipeline.sandbox.pool.stock;

import dev.datapipeline.sandbox.Sandbox;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Sandboxes of one image that have started and belong to nobody yet. Not thread-safe: {@code WarmSandboxPool} guards it. */
public final class WarmStock {
    private final Consumer<Sandbox> discard;
    private final Deque<Sandbox> sandboxes = new ArrayDeque<>();

    /** @param discard called once with every sandbox that died here or is left when the stock is cleared */
    WarmStock(Consumer<Sandbox> discard) {
        this.discard = discard;
    }

    public void add(Sandbox sandbox) {
        sandboxes.addLast(sandbox);
    }

    /** Takes a sandbox that lives, null when there is none. */
    @Nullable
    public Sandbox poll() {
        Sandbox next = sandboxes.pollFirst();
        while (next != null && !next.isReady()) {
            discard.accept(next);
            next = sandboxes.pollFirst();
        }
        return next;
    }

    public void removeDead() {
        sandboxes.removeIf(sandbox -> {
            boolean isDead = !sandbox.isReady();
            if (isDead) {
                discard.accept(sandbox);
            }
            return isDead;
        });
    }

    /** Discards the oldest until no more than so many are left. */
    public void shrink(int size) {
        while (sandboxes.size() > size) {
            discard.accept(sandboxes.removeFirst());
        }
    }

    public void clear() {
        sandboxes.forEach(discard);
        sandboxes.clear();
    }

    public int size() {
        return sandboxes.size();
    }
}
