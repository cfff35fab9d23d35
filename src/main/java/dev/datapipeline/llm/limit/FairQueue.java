package dev.datapipeline.llm.limit;

import java.util.ArrayDeque;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Queue;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Those who wait: owners take turns, and of one owner whoever came first. Not thread-safe. */
final class FairQueue<W> {
    /** In the order of their turns. */
    private final Map<UUID, Queue<W>> owners = new LinkedHashMap<>();

    void add(UUID owner, W waiting) {
        owners.computeIfAbsent(owner, unknown -> new ArrayDeque<>()).add(waiting);
    }

    /** Whose turn it is; null when nobody waits. */
    @Nullable
    W peek() {
        Iterator<Queue<W>> first = owners.values().iterator();
        return first.hasNext() ? first.next().peek() : null;
    }

    /** Takes out whose turn it is; the owner's next turn comes after those of all others. */
    void removeFirst() {
        Map.Entry<UUID, Queue<W>> first = owners.entrySet().iterator().next();
        owners.remove(first.getKey());
        first.getValue().remove();
        if (!first.getValue().isEmpty()) {
            owners.put(first.getKey(), first.getValue());
        }
    }

    /** Takes out one that does not wait any more; nothing happens when it is not there. */
    boolean remove(UUID owner, W waiting) {
        Queue<W> line = owners.get(owner);
        if (line == null || !line.remove(waiting)) {
            return false;
        }
        if (line.isEmpty()) {
            owners.remove(owner);
        }
        return true;
    }

    boolean isEmpty() {
        return owners.isEmpty();
    }
}
