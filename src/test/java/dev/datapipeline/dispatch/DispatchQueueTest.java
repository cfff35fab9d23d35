package dev.datapipeline.dispatch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

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
    void handsOutEveryWaitingBatchOnceInOrder() {
        DispatchQueue queue = queue(2, HUGE, 1_000);

        List<Integer> served = new ArrayList<>();
        for (Optional<BatchId> next = queue.next(); next.isPresent(); next = queue.next()) {
            served.add(next.get().number());
            finish(queue, next.get());
        }

        assertEquals(IntStream.range(0, 1_000).boxed().toList(), served);
        assertEquals(4, queries, "reads ahead instead of asking for each");
    }

    @Test
    void neverExceedsItsPermits() {
        DispatchQueue queue = queue(3, HUGE, 10);

        assertEquals(3, drain(queue).size());
        assertEquals(3, queue.underWay());
    }

    @Test
    void neverExceedsWhatTheRunAllows() {
        table.put(HUGE, numbers(10));
        DispatchQueue queue = new DispatchQueue(8, this::due);
        queue.open(HUGE, 2);

        assertEquals(2, drain(queue).size());
    }

    @Test
    void smallRunIsServedNextAfterAHugeOne() {
        DispatchQueue queue = queue(2, HUGE, 10_000);
        List<BatchId> first = drain(queue);
        table.put(SMALL, numbers(1));
        queue.open(SMALL, 2);

        finish(queue, first.get(0));

        assertEquals(Optional.of(new BatchId(SMALL, 0)), queue.next());
    }

    @Test
    void runsTakeTurns() {
        table.put(HUGE, numbers(4));
        table.put(SMALL, numbers(4));
        DispatchQueue queue = new DispatchQueue(1, this::due);
        queue.open(HUGE, 1);
        queue.open(SMALL, 1);

        List<UUID> order = new ArrayList<>();
        for (Optional<BatchId> next = queue.next(); next.isPresent(); next = queue.next()) {
            order.add(next.get().run());
            finish(queue, next.get());
        }

        assertEquals(8, order.size());
        for (int i = 1; i < order.size(); i++) {
            assertNotEquals(order.get(i - 1), order.get(i));
        }
    }

    @Test
    void batchGivenBackIsServedAgainAfterTheRunIsOpenedAgain() {
        DispatchQueue queue = queue(2, HUGE, 2);
        List<BatchId> all = drain(queue);
        queue.done(all.get(0));

        assertEquals(Optional.empty(), queue.next());
        queue.open(HUGE, 2);

        assertEquals(Optional.of(all.get(0)), queue.next());
        assertEquals(Optional.empty(), queue.next(), "the other one is still under way");
    }

    @Test
    void closedRunIsForgotten() {
        DispatchQueue queue = queue(1, HUGE, 5);
        BatchId under = queue.next().orElseThrow();
        queue.close(HUGE);

        queue.done(under);

        assertEquals(Optional.empty(), queue.next());
    }

    @Test
    void openRunsAreKnown() {
        DispatchQueue queue = queue(1, HUGE, 5);
        assertEquals(Set.of(HUGE), queue.runs());

        queue.close(HUGE);

        assertEquals(Set.of(), queue.runs());
    }

    private DispatchQueue queue(int permits, UUID run, int batches) {
        table.put(run, numbers(batches));
        DispatchQueue queue = new DispatchQueue(permits, this::due);
        queue.open(run, permits);
        return queue;
    }

    private static NavigableSet<Integer> numbers(int count) {
        return new TreeSet<>(IntStream.range(0, count).boxed().toList());
    }

    private List<Integer> due(UUID run, int first, int limit) {
        queries++;
        return table.getOrDefault(run, new TreeSet<>()).tailSet(first).stream()
                .limit(limit)
                .toList();
    }

    private static List<BatchId> drain(DispatchQueue queue) {
        List<BatchId> served = new ArrayList<>();
        for (Optional<BatchId> next = queue.next(); next.isPresent(); next = queue.next()) {
            served.add(next.get());
        }
        return served;
    }

    private void finish(DispatchQueue queue, BatchId id) {
        table.getOrDefault(id.run(), new TreeSet<>()).remove(id.number());
        queue.done(id);
    }
}
