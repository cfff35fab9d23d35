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
 * Decides which waiting batch is handed out next, and which one has to give its slot to another run. Never waits and never reads the
 * table itself. Not thread-safe; {@link BatchDispatcher} holds the lock.
 *
 * <p>The run with the fewest batches under way comes first. Among equals every second batch is that of the run that has waited the
 * longest, the others those of the newest run among the ones whose batches are short: many runs that were there before cannot keep a new
 * one waiting for long, and new ones cannot shut an old one out.
 *
 * <p>Batches that have been under way for longer than a turn leave their slot to other runs. They go on beside these, up to the most slots;
 * beyond, one of those whose turn is over is given back. See {@link SlotRules}.
 *
 * <p>It is a cache of hints: forgetting all of it loses nothing, the next {@link #open} fills it again from the table.
 */
final class DispatchQueue {
    /** Numbers read ahead of need, so that thousands of small batches do not cost a query each. */
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
    /** Counts what happens, to tell earlier from later. */
    private long turn;

    private long dispatched;

    DispatchQueue(SlotRules rules, LongSupplier nanoTime) {
        this.rules = rules;
        this.nanoTime = nanoTime;
    }

    /** What is to be done next. */
    sealed interface Choice {}

    /** Hand this one out; it counts as under way from now on. */
    record Dispatch(BatchId id) implements Choice {}

    /**
     * Read the numbers of at most {@link #READ_AHEAD} waiting batches of the run, ascending, from {@code first} on, and give them to
     * {@link #endReading}; then choose again. Until then others choose among the other runs.
     *
     * @param version tells this request from those before the run was opened again
     */
    record Read(UUID run, int first, int version) implements Choice {}

    /** Nothing: no slot or no batch is left. */
    record Nothing() implements Choice {}

    private static final class UsedSlot {
        final BatchId id;
        final int level;
        /** When its turn began; while it waits for a sandbox it does nothing that could take long. */
        @Nullable
        Long startedAt;
        /** When it was told to give its slot back. */
        @Nullable
        Long preemptedAt;

        UsedSlot(BatchId id, int level) {
            this.id = id;
            this.level = level;
        }
    }

    /** Makes the run known, or has its waiting batches read again from the first. */
    void open(UUID run, int maxActive) {
        runs.computeIfAbsent(run, absent -> new QueuedRun(run, maxActive, ++turn))
                .reopen();
    }

    void close(UUID run) {
        runs.remove(run);
    }

    /** The runs that are known now. */
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

    /** The batch is no longer under way, whatever became of it. */
    void release(BatchId id) {
        UsedSlot slot = used.remove(id);
        QueuedRun run = runs.get(id.run());
        if (slot != null && run != null) {
            run.release(id.number());
            run.ended(rules.levelOf(age(slot)));
            if (slot.preemptedAt != null) {
                // It waits again, before the batches that were read.
                run.reopen();
            }
        }
    }

    int active() {
        return used.size();
    }

    /**
     * The batch that has to be given back now so that a run that has none under way gets a slot. One after another: until a batch has ended
     * that was told so, no other one is told, unless it takes long.
     */
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

    /** Of those whose turn is over one of the run with the most slots, and of these the one that has had its slot for the longest. */
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

    /** A run's own batches count against its slots as long as they run, those of others as long as they are in their first turn. */
    private boolean isItsTurn(QueuedRun run) {
        int counted = 0;
        for (UsedSlot slot : used.values()) {
            counted += slot.id.run().equals(run.id) || rules.levelOf(age(slot)) == 0 ? 1 : 0;
        }
        // One more for a run that has none: it need not wait until the first turns of others are over.
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
