package dev.datapipeline.worker.dispatch;

import dev.datapipeline.run.BatchId;
import java.time.Duration;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Decides which pending batch is dispatched next, and which running batch is preempted. It never waits and never reads the table. Not
 * thread-safe; {@link BatchDispatcher} holds the lock.
 *
 * <p>The run with the fewest active batches comes first. Among equals, every second batch is taken from the run that was served longest ago,
 * the others from the newest run among those with short batches. So many earlier runs cannot keep a new run waiting for long, and new runs
 * cannot starve an old one.
 *
 * <p>A batch that has run for longer than its turn leaves its slot to other runs and continues beside them, while there are sandboxes. When
 * there are none, a batch whose turn is over is preempted. See {@link SlotRules}.
 *
 * <p>The queue is a cache: when it is lost, {@link #open} fills it again from the table.
 */
final class DispatchQueue {
    /** Numbers read at once, so that thousands of small batches do not cost a query each. */
    static final int READ_AHEAD = 256;

    private static final long RELEASE_TIMEOUT_NANOS = Duration.ofSeconds(2).toNanos();

    private static final Comparator<QueuedRun> LONGEST_WAITING = Comparator.comparingLong(QueuedRun::lastServed);
    private static final Comparator<QueuedRun> NEWEST_OF_SHORT = Comparator.comparingInt(QueuedRun::level)
            .thenComparing(
                    Comparator.comparingLong((QueuedRun run) -> run.openedAt).reversed());

    private final SlotRules rules;
    private final LongSupplier nanoTime;
    private final Map<UUID, QueuedRun> runs = new LinkedHashMap<>();
    private final Map<BatchId, UsedSlot> used = new HashMap<>();
    /** A logical clock. */
    private long turn;

    private long dispatched;

    DispatchQueue(SlotRules rules, LongSupplier nanoTime) {
        this.rules = rules;
        this.nanoTime = nanoTime;
    }

    sealed interface Choice {}

    /** Dispatch this batch; it counts as active from now on. */
    record Dispatch(BatchId id) implements Choice {}

    /**
     * Read the numbers of at most {@link #READ_AHEAD} pending batches of the run, ascending, from {@code first} on, pass them to
     * {@link #endReading}, and choose again. Meanwhile other threads choose among the other runs.
     *
     * @param version distinguishes this request from those made before the run was opened again
     */
    record Read(UUID run, int first, int version) implements Choice {}

    /** No slot is free, or no batch is pending. */
    record Nothing() implements Choice {}

    private static final class UsedSlot {
        final BatchId id;
        final int level;
        /** When its turn began, which is when it got a sandbox. */
        @Nullable
        Long startedAt;
        /** When it was told to release its slot. */
        @Nullable
        Long preemptedAt;

        UsedSlot(BatchId id, int level) {
            this.id = id;
            this.level = level;
        }
    }

    /** Adds the run, or has its pending batches read again from the first. */
    void open(UUID run, int maxActive) {
        runs.computeIfAbsent(run, absent -> new QueuedRun(run, maxActive, ++turn))
                .reopen();
    }

    void close(UUID run) {
        runs.remove(run);
    }

    Set<UUID> runs() {
        return Set.copyOf(runs.keySet());
    }

    Choice choose() {
        if (used.size() >= rules.maxSlots()) {
            return new Nothing();
        }
        QueuedRun best = best();
        if (best == null) {
            return new Nothing();
        }
        if (best.needsReading()) {
            return best.beginReading();
        }
        Integer number = best.take(++turn);
        if (number == null) {
            throw new IllegalStateException("a run without a batch was chosen");
        }
        dispatched++;
        BatchId id = new BatchId(best.id, number);
        used.put(id, new UsedSlot(id, best.level()));
        return new Dispatch(id);
    }

    void endReading(Read read, List<Integer> numbers) {
        QueuedRun run = runs.get(read.run());
        if (run != null) {
            run.endReading(read, numbers);
        }
    }

    void failReading(Read read) {
        QueuedRun run = runs.get(read.run());
        if (run != null) {
            run.failReading(read);
        }
    }

    /** The batch has its sandbox: its turn begins. */
    void started(BatchId id) {
        UsedSlot slot = used.get(id);
        if (slot != null && slot.startedAt == null) {
            slot.startedAt = nanoTime.getAsLong();
        }
    }

    /** The batch is no longer active, with whatever result. */
    void release(BatchId id) {
        UsedSlot slot = used.remove(id);
        QueuedRun run = runs.get(id.run());
        if (slot != null && run != null) {
            run.release(id.number());
            run.ended(rules.levelOf(age(slot)));
            if (slot.preemptedAt != null) {
                // The batch is pending again, before those that were read.
                run.reopen();
            }
        }
    }

    int active() {
        return used.size();
    }

    /** The batch to preempt now so that a run without active batches gets a slot; only one at a time, unless it takes too long to end. */
    Optional<BatchId> nextToPreempt() {
        long now = nanoTime.getAsLong();
        for (UsedSlot slot : used.values()) {
            if (slot.preemptedAt != null && now - slot.preemptedAt < RELEASE_TIMEOUT_NANOS) {
                return Optional.empty();
            }
        }
        return runs.values().stream()
                .filter(run -> run.active() == 0 && run.mayHaveMore() && isItsTurn(run) && !isRoomFor(run))
                .min(Comparator.comparingInt(QueuedRun::level).thenComparing(LONGEST_WAITING))
                .flatMap(this::slotToPreemptFor)
                .map(this::preempt);
    }

    private BatchId preempt(UsedSlot slot) {
        slot.preemptedAt = nanoTime.getAsLong();
        QueuedRun run = runs.get(slot.id.run());
        if (run != null) {
            run.rise(level(slot));
        }
        return slot.id;
    }

    /** Among batches whose turn is over: the oldest one of the run with the most slots. */
    private Optional<UsedSlot> slotToPreemptFor(QueuedRun waiting) {
        int full = highestFullLevel(waiting);
        return used.values().stream()
                .filter(slot ->
                        slot.preemptedAt == null && level(slot) >= full && age(slot) >= rules.turnNanos(slot.level))
                .max(Comparator.comparingInt((UsedSlot slot) -> active(slot.id.run()))
                        .thenComparingLong(this::age));
    }

    private int highestFullLevel(QueuedRun waiting) {
        int level = waiting.level();
        while (level > 0 && slotsUsedFrom(level) < rules.slotsFrom(level)) {
            level--;
        }
        return level;
    }

    private @Nullable QueuedRun best() {
        Comparator<QueuedRun> order = Comparator.comparingInt(QueuedRun::active)
                .thenComparing(dispatched % 2 == 0 ? NEWEST_OF_SHORT : LONGEST_WAITING);
        QueuedRun best = null;
        for (QueuedRun run : runs.values()) {
            if (run.mayHaveMore() && (best == null || order.compare(run, best) < 0) && hasSlotFor(run)) {
                best = run;
            }
        }
        return best;
    }

    private boolean hasSlotFor(QueuedRun run) {
        return isItsTurn(run) && isRoomFor(run);
    }

    /** A run's own batches count against its slots as long as they run, those of other runs during their first turn only. */
    private boolean isItsTurn(QueuedRun run) {
        int counted = 0;
        for (UsedSlot slot : used.values()) {
            counted += slot.id.run().equals(run.id) || rules.levelOf(age(slot)) == 0 ? 1 : 0;
        }
        // One more for a run without active batches, so that it need not wait for the first turns of others.
        return counted < rules.slots() + (run.active() == 0 ? 1 : 0);
    }

    private boolean isRoomFor(QueuedRun run) {
        if (used.size() < rules.slots()) {
            return true;
        }
        for (int level = 0; level <= run.level(); level++) {
            if (slotsUsedFrom(level) >= rules.slotsFrom(level)) {
                return false;
            }
        }
        return true;
    }

    private int slotsUsedFrom(int level) {
        int count = 0;
        for (UsedSlot slot : used.values()) {
            count += level(slot) >= level ? 1 : 0;
        }
        return count;
    }

    private int active(UUID run) {
        QueuedRun known = runs.get(run);
        return known == null ? 0 : known.active();
    }

    private int level(UsedSlot slot) {
        return Math.max(slot.level, rules.levelOf(age(slot)));
    }

    private long age(UsedSlot slot) {
        return slot.startedAt == null ? 0 : nanoTime.getAsLong() - slot.startedAt;
    }
}
