package dev.datapipeline.worker.dispatch;

import java.util.ArrayDeque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** An open run: its pending batches, as far as they were read from the table, and its active ones. */
final class QueuedRun {
    final UUID id;
    /** When it was opened, in the logical time of the queue. */
    final long openedAt;

    private final int maxActive;
    private final ArrayDeque<Integer> numbers = new ArrayDeque<>();
    private final Set<Integer> active = new HashSet<>();
    private int nextFirst;
    private int version;
    private boolean isRead;
    private boolean isBeingRead;
    /** See {@link SlotRules}. */
    private int level;

    private long lastServed;

    QueuedRun(UUID id, int maxActive, long openedAt) {
        this.id = id;
        this.maxActive = maxActive;
        this.openedAt = openedAt;
        this.lastServed = openedAt;
    }

    /** Has the pending batches read again from the first. */
    void reopen() {
        numbers.clear();
        nextFirst = 0;
        isRead = false;
        isBeingRead = false;
        version++;
    }

    /** Whether a batch can be dispatched, or might be found in the table. */
    boolean mayHaveMore() {
        return active.size() < maxActive && (!numbers.isEmpty() || needsReading());
    }

    boolean needsReading() {
        return numbers.isEmpty() && !isRead && !isBeingRead;
    }

    DispatchQueue.Read beginReading() {
        isBeingRead = true;
        return new DispatchQueue.Read(id, nextFirst, version);
    }

    /** Adds the numbers that were read, unless the run was opened again since. */
    void endReading(DispatchQueue.Read read, List<Integer> found) {
        if (read.version() != version) {
            return;
        }
        isBeingRead = false;
        isRead = found.size() < DispatchQueue.READ_AHEAD;
        if (!found.isEmpty()) {
            nextFirst = found.getLast() + 1;
        }
        found.stream().filter(number -> !active.contains(number)).forEach(numbers::add);
    }

    /** The table could not be read; the next sweep opens the run again. */
    void failReading(DispatchQueue.Read read) {
        if (read.version() == version) {
            isBeingRead = false;
            isRead = true;
        }
    }

    @Nullable
    Integer take(long turn) {
        Integer number = numbers.poll();
        if (number != null) {
            active.add(number);
            lastServed = turn;
        }
        return number;
    }

    void release(int number) {
        active.remove(number);
    }

    int active() {
        return active.size();
    }

    int level() {
        return level;
    }

    void rise(int atLeast) {
        level = Math.max(level, atLeast);
    }

    /** A batch has ended that needed the turn of this level. Short batches lower the level of the run step by step. */
    void ended(int needed) {
        level = Math.max(level - 1, needed);
    }

    long lastServed() {
        return lastServed;
    }
}
