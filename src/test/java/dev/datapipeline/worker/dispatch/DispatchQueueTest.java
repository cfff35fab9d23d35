package dev.datapipeline.worker.dispatch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import dev.datapipeline.run.BatchId;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class DispatchQueueTest {
    private static final UUID HUGE = new UUID(0, 1);
    private static final UUID SMALL = new UUID(0, 2);

    private final Map<UUID, NavigableSet<Integer>> table = new HashMap<>();
    private int queries;

    @Test
    void dispatchesEveryPendingBatchOnceInOrder() {
        DispatchQueue queue = queue(2, HUGE, 1_000);

        List<Integer> served = new ArrayList<>();
        for (Optional<BatchId> next = next(queue); next.isPresent(); next = next(queue)) {
            served.add(next.get().number());
            finish(queue, next.get());
        }

        assertEquals(IntStream.range(0, 1_000).boxed().toList(), served);
        assertEquals(4, queries, "reads ahead instead of asking for each");
    }

    @Test
    void neverExceedsItsSlots() {
        DispatchQueue queue = queue(3, HUGE, 10);

        assertEquals(3, drain(queue).size());
        assertEquals(3, queue.active());
    }

    @Test
    void neverExceedsTheLimitOfTheRun() {
        table.put(HUGE, numbers(10));
        DispatchQueue queue = queue(8);
        queue.open(HUGE, 2);

        assertEquals(2, drain(queue).size());
    }

    @Test
    void smallRunIsServedNextBesideAHugeOne() {
        DispatchQueue queue = queue(2, HUGE, 10_000);
        List<BatchId> first = drain(queue);
        table.put(SMALL, numbers(1));
        queue.open(SMALL, 2);

        finish(queue, first.get(0));

        assertEquals(Optional.of(new BatchId(SMALL, 0)), next(queue));
    }

    @Test
    void runsTakeTurns() {
        table.put(HUGE, numbers(4));
        table.put(SMALL, numbers(4));
        DispatchQueue queue = queue(1);
        queue.open(HUGE, 1);
        queue.open(SMALL, 1);

        List<UUID> order = new ArrayList<>();
        for (Optional<BatchId> next = next(queue); next.isPresent(); next = next(queue)) {
            order.add(next.get().run());
            finish(queue, next.get());
        }

        assertEquals(8, order.size());
        for (int i = 1; i < order.size(); i++) {
            assertNotEquals(order.get(i - 1), order.get(i));
        }
    }

    @Test
    void releasedBatchIsDispatchedAgainAfterTheRunIsReopened() {
        DispatchQueue queue = queue(2, HUGE, 2);
        List<BatchId> all = drain(queue);
        queue.release(all.get(0));

        assertEquals(Optional.empty(), next(queue));
        queue.open(HUGE, 2);

        assertEquals(Optional.of(all.get(0)), next(queue));
        assertEquals(Optional.empty(), next(queue), "the other one is still under way");
    }

    @Test
    void closedRunIsRemoved() {
        DispatchQueue queue = queue(1, HUGE, 5);
        BatchId under = next(queue).orElseThrow();
        queue.close(HUGE);

        queue.release(under);

        assertEquals(Optional.empty(), next(queue));
    }

    @Test
    void otherRunsAreChosenWhileOneIsRead() {
        table.put(HUGE, numbers(10));
        table.put(SMALL, numbers(1));
        DispatchQueue queue = queue(2);
        queue.open(SMALL, 2);
        queue.open(HUGE, 2);
        DispatchQueue.Read slow = assertInstanceOf(DispatchQueue.Read.class, queue.choose());

        assertEquals(
                Optional.of(new BatchId(SMALL, 0)), next(queue), "though the table has not answered for the other");
        assertEquals(Optional.empty(), next(queue), "nobody asks twice");
        queue.endReading(slow, due(HUGE, slow.first(), DispatchQueue.READ_AHEAD));

        assertEquals(Optional.of(new BatchId(HUGE, 0)), next(queue));
    }

    @Test
    void numbersReadBeforeARunIsReopenedAreDropped() {
        table.put(HUGE, numbers(3));
        DispatchQueue queue = queue(1);
        queue.open(HUGE, 1);
        DispatchQueue.Read early = assertInstanceOf(DispatchQueue.Read.class, queue.choose());

        queue.open(HUGE, 1);
        queue.endReading(early, List.of(7));

        assertEquals(Optional.of(new BatchId(HUGE, 0)), next(queue));
    }

    @Test
    void failedReadIsRepeatedWhenTheRunIsReopened() {
        table.put(HUGE, numbers(1));
        DispatchQueue queue = queue(1);
        queue.open(HUGE, 1);
        queue.failReading(assertInstanceOf(DispatchQueue.Read.class, queue.choose()));

        assertEquals(Optional.empty(), next(queue));
        queue.open(HUGE, 1);

        assertEquals(Optional.of(new BatchId(HUGE, 0)), next(queue));
    }

    @Test
    void openRunsAreListed() {
        DispatchQueue queue = queue(1, HUGE, 5);
        assertEquals(Set.of(HUGE), queue.runs());

        queue.close(HUGE);

        assertEquals(Set.of(), queue.runs());
    }

    private DispatchQueue queue(int permits, UUID run, int batches) {
        table.put(run, numbers(batches));
        DispatchQueue queue = queue(permits);
        queue.open(run, permits);
        return queue;
    }

    private static DispatchQueue queue(int slots) {
        return new DispatchQueue(new SlotRules(slots, slots + 1, Duration.ofSeconds(1)), () -> 0);
    }

    private static NavigableSet<Integer> numbers(int count) {
        return new TreeSet<>(IntStream.range(0, count).boxed().toList());
    }

    /** As the dispatcher does it. */
    private Optional<BatchId> next(DispatchQueue queue) {
        while (true) {
            switch (queue.choose()) {
                case DispatchQueue.Dispatch batch -> {
                    return Optional.of(batch.id());
                }
                case DispatchQueue.Read read ->
                    queue.endReading(read, due(read.run(), read.first(), DispatchQueue.READ_AHEAD));
                case DispatchQueue.Nothing nothing -> {
                    return Optional.empty();
                }
            }
        }
    }

    private List<Integer> due(UUID run, int first, int limit) {
        queries++;
        return table.getOrDefault(run, new TreeSet<>()).tailSet(first).stream()
                .limit(limit)
                .toList();
    }

    private List<BatchId> drain(DispatchQueue queue) {
        List<BatchId> served = new ArrayList<>();
        for (Optional<BatchId> next = next(queue); next.isPresent(); next = next(queue)) {
            served.add(next.get());
        }
        return served;
    }

    private void finish(DispatchQueue queue, BatchId id) {
        table.getOrDefault(id.run(), new TreeSet<>()).remove(id.number());
        queue.release(id);
    }
}
